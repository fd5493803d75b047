/** What a mail's page says. */
interface NoticePage {
  readonly lang: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly link: { readonly label: string; readonly url: string } | null;
}

// Many programs that show mails read no style sheet, so what there is stands at each element.
const styles = {
  body: "margin:0;padding:32px 20px;font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif",
  page: "max-width:560px;margin:0 auto",
  paragraph: "margin:0 0 16px",
  button:
    "display:inline-block;margin:8px 0;padding:12px 20px;border-radius:8px;background:#3730a3;color:#ffffff;font-weight:600;text-decoration:none",
} as const;

/**
 * A mail's page: one narrow column in the reader's own colours, light or dark, with one button. It loads nothing from
 * anywhere, so nobody learns that it was opened.
 */
export function toHtml({ lang, subject, paragraphs, link }: NoticePage): string {
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(subject)}</title>`,
    // As a style sheet as well: browsers that show a mail take the word from here.
    "<style>:root{color-scheme:light dark}</style>",
  ];
  const body = [
    ...paragraphs.map((one) => `<p style="${styles.paragraph}">${escapeHtml(one)}</p>`),
    ...(link
      ? [
          `<p style="margin:0"><a href="${escapeHtml(link.url)}" style="${styles.button}">${escapeHtml(link.label)}</a></p>`,
        ]
      : []),
  ];
  return `<!doctype html>
<html lang="${escapeHtml(lang)}">
<head>
${head.join("\n")}
</head>
<body style="${styles.body}">
<div style="${styles.page}">
${body.join("\n")}
</div>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (one) => entities[one] ?? one);
}
