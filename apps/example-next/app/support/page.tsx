import { requireStaff } from "../../billing/current-person";
import { Explained } from "./explained";
import { QuestionForm } from "./question-form";
import { readQuestion } from "./read-question";
import { TimelineList } from "./timeline-list";
import "./support.css";

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What happened to a customer, and why they could or could not use something, for any moment. What is asked is in the address. */
export default async function SupportPage({ searchParams }: Props) {
  await requireStaff();
  const question = readQuestion(await searchParams);
  return (
    <>
      <h1>Support</h1>
      <section className="panel wide" aria-labelledby="ask-heading">
        <h2 id="ask-heading">Why could they, or could they not?</h2>
        <QuestionForm question={question} />
        {question.customerId !== null && <Explained {...question} customerId={question.customerId} />}
      </section>
      {question.customerId !== null && (
        <section className="panel wide" aria-labelledby="timeline-heading">
          <h2 id="timeline-heading">What happened to {question.customerId}</h2>
          <TimelineList customerId={question.customerId} after={question.after} />
        </section>
      )}
    </>
  );
}
