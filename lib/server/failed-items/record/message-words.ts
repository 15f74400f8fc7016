/**
 * Words that say nothing about a cause: small ones, and those that are values of every row. They are left out of a message
 * whether a row brings them or the message has them itself.
 */
export const FILLER_WORDS = words(`
  a about above after against all also am an and any are as at be been being below both but by can did do does done during each ever every few for from had has have how if in into is just it its itself many may more most much
  my no of on once one only or other our out over own per so several she some such than that the their them then there these they this
  those to too under unless until up very was way we were what when where which while who whole will with you your
  homework quiz exam project discussion lab draft published archived true false null undefined nan none
  january february march april may june july august september october november december
  jan feb mar apr jun jul aug sep oct nov dec mon tue wed thu fri sat sun utc gmt
`);

/**
 * Words of the messages of DynamoDB, of the network and of our own: they name a cause, so they are never taken for a value
 * of a row that happens to be the same.
 */
export const CAUSE_WORDS = words(`
  ARN CSV DNS ERROR HTTP IAM JSON NULL TLS URL UTF ASSIGNMENTS_TABLE AUDIT_TABLE COURSES_TABLE USERS_TABLE
  abort aborted accept access account action actual again allow allowed already amazonaws amount answer archived
  argument arn assignment assignmentid assignments attempt attempts attribute attributes attributevalue audit
  authorized availablefrom availableuntil aws back batch batchwriteitem before begins begun between binary body
  broken busy calculated cancellation cancelled cannot capacity certificate change changed characters check choose
  close closed closes code collection column com comma condition conditional conditionalcheckfailed configured
  conflict connect connection consider contain contains content copies corrected count counter course course's
  courseid courses create created credentials csv current data database date deadline decimals define delete deleted
  deleteitem demoproject denied describe description detected digits dns document dots due dueat duplicate dynamo
  dynamodb each EAI_AGAIN earlier ECONNREFUSED ECONNRESET edit effects EHOSTUNREACH element empty encoding
  encountered end ended endpoint ENETUNREACH ENOTFOUND enough EPIPE equal error errors ETIMEDOUT event exceed
  exceeded exceeds except exception exist existing exists expected expiration expired expression failed failure
  field fields file filter find first fit forbidden format found free function getaddrinfo getitem given global gone
  handler handshake hang header heap host hosts http https iam id idempotency identity ids immediately in-flight
  include included increasing index indexes input insert instance internal interval invalid item items json kept key
  keys known label large larger last latency later least left length less level limit limits line list local lock
  long longer lookup lost map match matches maxattempts maximum member memory message method minimum mismatch
  missing mode modified multiple must name names negative nested network never new node not nothing npm null number
  numbers numeric object occurred ongoing open opens operand operation operator option options order original
  outside page parameter parameters parse part partition pass path pending perform permission permitted please
  points policy position possible precondition present previous primary process progress projection property
  provided provisioned provisionedthroughputexceeded provisioning put putitem query range rate reached read reading
  reason reasons received refer refused region rejected remote request requested requests requesttimeout required
  requires reserved reset resource response result resume retries retry role root row rows run same scan schema
  second secondary seconds section security see self-signed send server service session set setup shard signature
  size sizes slow small smithy snooze socket sort specific specified start state statement status still stopped
  store stored stream string submitted subset supplied support supported syntax system table tables take taken
  target teach term text throttled throttling throttlingerror throughput time timed timeout timestamp title tls
  token tokens transaction transactionconflict transactions transactwriteitems transform try type types unable
  unavailable undo unexpected unit units unknown unprocessed unread unsupported unwritten update updated updateitem
  use used user using utf-8 valid validate validation validationerror value values variable version wait weight
  without work write writes written wrong year zone
`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
