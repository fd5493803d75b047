import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { people, personCookie } from "../billing/people";

/** Signs in as one of the demo's people: a stand-in for your own authentication. */
export function PersonSwitch({ current }: { current: string }) {
  async function signIn(form: FormData): Promise<void> {
    "use server";
    (await cookies()).set(personCookie, String(form.get("person")), { httpOnly: true, sameSite: "lax" });
    revalidatePath("/", "layout");
  }
  return (
    <form action={signIn} className="person-switch" aria-label="Signed in as">
      {people.map((person) => (
        <button
          key={person.id}
          type="submit"
          name="person"
          value={person.id}
          aria-pressed={person.id === current}
        >
          {person.name}
        </button>
      ))}
    </form>
  );
}
