import ReactMarkdown, { type Components } from 'react-markdown';

/** Headings start below those of the page, links say nothing about us, and images are named but never loaded. */
const components: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
      {children}
    </a>
  ),
  img: ({ src, alt }) => (
    <a
      href={typeof src === 'string' ? src : undefined}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
    >
      Image: {alt || 'without description'}
    </a>
  ),
};

const STYLE = [
  'flex flex-col gap-3 leading-relaxed break-words',
  '[&_:is(h3,h4,h5,h6)]:font-semibold [&_h3]:text-lg',
  '[&_a]:text-accent [&_a]:underline [&_a]:underline-offset-2',
  '[&_ul]:list-disc [&_ol]:list-decimal [&_:is(ul,ol)]:pl-5',
  '[&_blockquote]:border-line [&_blockquote]:border-l-2 [&_blockquote]:pl-3 [&_blockquote]:text-muted',
  '[&_code]:rounded [&_code]:bg-sunken [&_code]:px-1 [&_code]:font-mono [&_code]:text-sm',
  '[&_pre]:overflow-x-auto [&_pre]:rounded-md [&_pre]:bg-sunken [&_pre]:p-3',
].join(' ');

/** Text that people wrote, as Markdown. Raw HTML is shown as the text it is, never run. */
export function Markdown({ children }: { children: string }) {
  return (
    <div dir="auto" className={STYLE}>
      <ReactMarkdown components={components}>{children}</ReactMarkdown>
    </div>
  );
}
