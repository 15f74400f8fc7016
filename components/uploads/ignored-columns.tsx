/** The columns of a file that become nothing, so that none is dropped in silence. */
export function IgnoredColumns({ columns }: { columns: readonly string[] }) {
  if (columns.length === 0) return null;
  return (
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-1 text-sm">
      <h3 className="font-medium">Columns not used</h3>
      <ul className="flex min-w-0 flex-wrap gap-1">
        {columns.map((column) => (
          <li
            key={column}
            className="max-w-full break-words rounded bg-sunken px-1.5 py-0.5 font-mono text-muted text-xs"
          >
            <bdi>{column}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
