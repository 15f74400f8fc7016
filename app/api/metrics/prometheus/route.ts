import { answerPrometheus } from '@/lib/server/metrics/answer-prometheus';

export const GET = Object.assign(answerPrometheus, {
  publicBecause: 'Prometheus has no session; it brings a token of its own',
});
