/** Stands in for a model: it takes its time, and what it costs is known only afterwards. */
export async function answer(question: string, fails: boolean): Promise<{ words: string; cost: number }> {
  await new Promise((resolve) => setTimeout(resolve, fails ? 500 : 3_000));
  if (fails) throw new Error("The model failed.");
  const words =
    "Visitors grew by a tenth, and sign-ups by almost a fifth: Tuesday's post brought most of them.";
  return { words, cost: Math.min(60, 20 + question.length) };
}
