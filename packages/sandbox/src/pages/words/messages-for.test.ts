import { expect, test } from "vitest";
import { messagesFor } from "./messages-for.js";

test.each([
  [[null], "en-US", "Quantity"],
  [["de"], "de-DE", "Anzahl"],
  [["de-AT"], "de-AT", "Anzahl"],
  [["es"], "es-ES", "Cantidad"],
  [["fr"], "fr-FR", "Quantité"],
  [["ja"], "ja-JP", "数量"],
  [["pt"], "pt-BR", "Quantidade"],
  [["zh"], "zh-CN", "数量"],
  [["en"], "en-US", "Quantity"],
  [["auto", "ja,en;q=0.8"], "ja-JP", "数量"],
  [["auto", "en;q=0.5, fr-CA;q=0.9"], "fr-CA", "Quantité"],
  [["fi", "pt-BR"], "pt-BR", "Quantidade"],
  [["zh-TW"], "zh-TW", "数量"],
  [["not a tag", "es-419"], "es-419", "Cantidad"],
])("of the wishes %j it speaks %s", (wishes, tag, quantity) => {
  const language = messagesFor(...wishes);
  expect([language.tag, language.text.order.quantity]).toEqual([tag, quantity]);
});

test("writes amounts and days as the language does", () => {
  const { money, day } = messagesFor("fr");
  expect(money(123_450, "eur").replace(/\s/g, " ")).toBe("1 234,50 €");
  expect(day(1_767_225_600)).toBe("1 janvier 2026");
});
