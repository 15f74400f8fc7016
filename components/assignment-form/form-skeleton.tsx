import { Skeleton } from '@/components/ui/skeleton';

/** The place of the form while its content loads. */
export function FormSkeleton() {
  return (
    <div className="flex flex-col gap-6">
      <p role="status" className="sr-only">
        Loading the form
      </p>
      {['course', 'title', 'numbers', 'dates', 'description'].map((part) => (
        <div key={part} className="flex flex-col gap-2">
          <Skeleton className="w-24" />
          <Skeleton className="h-8 w-full" />
        </div>
      ))}
    </div>
  );
}
