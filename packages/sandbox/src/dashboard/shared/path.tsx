/** @jsxImportSource hono/jsx */

/** An address that breaks before a slash and nowhere else, if that is enough. */
export const Path = ({ path }: { path: string }) => (
  <>
    {path.split(/(?=\/)/).map((part, index) => (
      <>
        {index > 0 ? <wbr /> : null}
        {part}
      </>
    ))}
  </>
);
