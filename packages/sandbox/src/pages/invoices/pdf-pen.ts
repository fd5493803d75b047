import { type PDFDocument, type PDFFont, type PDFPage, rgb } from "@cantoo/pdf-lib";

/** A4, in points. */
export const sheet = { width: 595, height: 842, margin: 48 };
/** Where the text area ends. */
export const right = sheet.width - sheet.margin;

const ink = rgb(0.13, 0.13, 0.18);
const soft = rgb(0.42, 0.42, 0.48);
const rule = rgb(0.86, 0.86, 0.89);

/** What is being drawn on, from the top of the page downwards. */
export type Pen = { pdf: PDFDocument; page: PDFPage; fonts: { plain: PDFFont; bold: PDFFont }; y: number };

export type Style = { x?: number; end?: number; size?: number; bold?: boolean; muted?: boolean };

/** The text with a question mark for every character that the font lacks. */
const writable = (font: PDFFont, text: string): string => {
  const known = new Set(font.getCharacterSet());
  const plain = text.replaceAll(/[\u00a0\u202f\u2009]/g, " ").replaceAll("\u2212", "-");
  return [...plain].map((letter) => (known.has(letter.codePointAt(0) ?? 0) ? letter : "?")).join("");
};

/** Writes one line at the pen's height; with `end` it ends there. */
export const write = (pen: Pen, text: string, style: Style): void => {
  const { x = sheet.margin, end, size = 10, bold, muted } = style;
  const font = bold ? pen.fonts.bold : pen.fonts.plain;
  const letters = writable(font, text);
  const left = end === undefined ? x : end - font.widthOfTextAtSize(letters, size);
  pen.page.drawText(letters, { x: left, y: pen.y, size, font, color: muted ? soft : ink });
};

/** Breaks a text into lines that fit a width. */
export const wrap = (font: PDFFont, text: string, size: number, width: number): string[] => {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && font.widthOfTextAtSize(writable(font, longer), size) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines;
};

/** Draws a thin line across the text area. */
export const drawRule = ({ page, y }: Pen): void => {
  page.drawLine({ start: { x: sheet.margin, y }, end: { x: right, y }, thickness: 0.7, color: rule });
};

/** Begins a new page. */
export const turn = (pen: Pen): void => {
  pen.page = pen.pdf.addPage([sheet.width, sheet.height]);
  pen.y = sheet.height - sheet.margin - 12;
};

/** Goes down, onto a new page if there is no room left. */
export const down = (pen: Pen, by: number, room = 40): void => {
  pen.y -= by;
  if (pen.y < sheet.margin + room) turn(pen);
};

/** Writes a text of any length. */
export const paragraph = (pen: Pen, text: string, style: Style = {}): void => {
  for (const part of wrap(pen.fonts.plain, text, style.size ?? 10, right - sheet.margin)) {
    write(pen, part, style);
    down(pen, 14);
  }
};

/** Numbers the pages at the foot, once all are drawn. */
export const numberPages = ({ pdf, fonts }: Pen, label: (page: number, pages: number) => string): void => {
  const pages = pdf.getPages();
  pages.forEach((page, index) => {
    const text = writable(fonts.plain, label(index + 1, pages.length));
    const x = right - fonts.plain.widthOfTextAtSize(text, 8);
    page.drawText(text, { x, y: 28, size: 8, font: fonts.plain, color: soft });
  });
};
