const weeks = [
  { week: "2 November", visitors: 1204, signups: 31 },
  { week: "9 November", visitors: 1377, signups: 44 },
  { week: "16 November", visitors: 1512, signups: 52 },
];

/** What Pro pays for. */
export function Weeks() {
  return (
    <>
      <table className="reports">
        <caption>Visitors by week</caption>
        <thead>
          <tr>
            <th scope="col">Week of</th>
            <th scope="col">Visitors</th>
            <th scope="col">Sign-ups</th>
          </tr>
        </thead>
        <tbody>
          {weeks.map(({ week, visitors, signups }) => (
            <tr key={week}>
              <th scope="row">{week}</th>
              <td>{visitors.toLocaleString("en-US")}</td>
              <td>{signups}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <a className="site-button" href="/api/export">
        Export as CSV
      </a>
    </>
  );
}
