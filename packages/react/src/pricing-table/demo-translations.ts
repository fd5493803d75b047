import { type Catalog, definePlans, type Interval, intervalParts } from "@tollgate/core";
import { demoPlans } from "./demo-plans.js";
import type { PricingTableMessages } from "./pricing-table-messages.js";

interface Translation {
  readonly features: Readonly<Record<keyof typeof demoPlans.features, string>>;
  readonly plans: Readonly<
    Record<keyof typeof demoPlans.plans, readonly [name: string, description: string]>
  >;
}

/** An interval as the language writes it: "3 Monate". */
function sayIn(locale: string): (interval: Interval) => string {
  return (interval) => {
    const { unit, count } = intervalParts(interval);
    return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
  };
}

const inGerman = sayIn("de");
const inJapanese = sayIn("ja");
const inArabic = sayIn("ar");

/** An interval of one, as it stands within words. */
function oneOf(words: Partial<Record<Interval, string>>, others: (interval: Interval) => string) {
  return (interval: Interval) => words[interval] ?? others(interval);
}

const germanPeriod = oneOf({ day: "Tag", week: "Woche", month: "Monat", year: "Jahr" }, inGerman);
const germanHow = oneOf(
  {
    day: "täglich",
    week: "wöchentlich",
    month: "monatlich",
    "3_months": "vierteljährlich",
    year: "jährlich",
  },
  (interval) => `alle ${inGerman(interval)}`,
);

/** The demo catalog in another language: same prices, no descriptions of features. */
function translate({ features, plans }: Translation) {
  const named = Object.entries(demoPlans.features).map(([id, feature]) => [
    id,
    { ...feature, name: features[id as keyof typeof features], description: undefined },
  ]);
  const said = Object.entries(demoPlans.plans).map(([id, plan]) => {
    const [name, description] = plans[id as keyof typeof plans];
    return [id, { ...plan, name, description }];
  });
  return definePlans({
    features: Object.fromEntries(named) as typeof demoPlans.features,
    plans: Object.fromEntries(said) as typeof demoPlans.plans,
  }) satisfies Catalog;
}

export const germanPlans = translate({
  features: {
    projects: "Gleichzeitige Projekte",
    messages: "Benachrichtigungen",
    export: "Tabellenkalkulations\u00adexport",
    domains: "Eigene Internetadressen",
    roles: "Zugriffs\u00adberechtigungs\u00adverwaltung",
    sso: "Einmalanmeldung über SAML",
    audit: "Änderungsprotokoll",
  },
  plans: {
    free: ["Kostenlos", "Zum Ausprobieren, so lange Sie möchten."],
    pro: ["Professionell", "Für Menschen, die täglich damit arbeiten."],
    team: ["Arbeitsgruppe", "Für Gruppen mit gemeinsamen Projekten und einer gemeinsamen Rechnung."],
    enterprise: ["Großunternehmen", "Für Unternehmen mit eigenen Sicherheitsrichtlinien."],
  },
});

export const german: Partial<PricingTableMessages> = {
  region: "Tarife und Preise",
  billingPeriod: "Abrechnungszeitraum",
  intervalName: (interval) => germanHow(interval).replace(/^./, (first) => first.toUpperCase()),
  saveMonths: (months) => `${months} Monate geschenkt`,
  currency: "Währung",
  per: (interval, perSeat) => `${perSeat ? "je Platz " : ""}/ ${germanPeriod(interval)}`,
  every: (amount, interval) =>
    interval === "month" || interval === "year"
      ? `${amount} im ${germanPeriod(interval)}`
      : `${germanHow(interval)} ${amount}`,
  billedMonthly: "Monatliche Abrechnung",
  billedYearly: (monthly) => `${monthly} im Monat, jährlich abgerechnet`,
  billedOnly: (interval, monthly) =>
    interval === "month" ? "Nur monatlich" : `${monthly} im Monat, nur jährlich abgerechnet`,
  billedEvery: (interval, monthly, only) =>
    `${monthly === null ? "" : `${monthly} im Monat, `}${only ? "nur " : ""}${germanHow(interval)} abgerechnet`,
  custom: "Individuell",
  customDetail: "Auf Ihr Team zugeschnitten",
  freeDetail: "Keine Zahlung nötig",
  recommended: "Empfohlen",
  seats: "Plätze",
  seatTotal: (price) => `Insgesamt ${price}`,
  fewerSeats: "Ein Platz weniger",
  moreSeats: "Ein Platz mehr",
  currentPlan: "Aktueller Tarif",
  upgrade: "Hochstufen",
  switchTo: (plan) => `Zu ${plan} wechseln`,
  switchInterval: (interval) => `Künftig ${germanHow(interval)} zahlen`,
  contactUs: "Kontakt aufnehmen",
  startsOn: (date) => `Beginnt am ${date}`,
  endsOn: (date) => `Endet am ${date}`,
  notSwitchable: "Kein direkter Wechsel",
  notSwitchableFrom: (own, plan) =>
    `Ein direkter Wechsel von ${own ?? "Ihrem Tarif"} zu ${plan} ist nicht möglich. Sie können ${plan} danach buchen.`,
  unlimited: "Unbegrenzt",
};

export const japanesePlans = translate({
  features: {
    projects: "プロジェクト",
    messages: "メッセージ",
    export: "CSVエクスポート",
    domains: "独自ドメイン",
    roles: "ロールと権限の管理",
    sso: "SAMLシングルサインオン",
    audit: "監査ログ",
  },
  plans: {
    free: ["フリー", "期限なしでお試しいただけます。"],
    pro: ["プロ", "毎日お使いになる方に。"],
    team: ["チーム", "プロジェクトとお支払いを共有するグループに。"],
    enterprise: ["エンタープライズ", "独自の要件をお持ちの企業様に。"],
  },
});

export const japanese: Partial<PricingTableMessages> = {
  intervalName: oneOf({ month: "月払い", year: "年払い" }, (interval) => `${inJapanese(interval)}払い`),
  saveMonths: (months) => `${months}か月分お得`,
  per: (interval, perSeat) =>
    `/ ${perSeat ? "1席" : ""}${oneOf({ month: "月", year: "年" }, inJapanese)(interval)}`,
  every: (amount, interval) => `${oneOf({ month: "月額", year: "年額" }, inJapanese)(interval)}${amount}`,
  billedMonthly: "毎月のお支払い",
  freeDetail: "お支払い不要",
  custom: "個別見積",
  customDetail: "チームに合わせた価格",
  recommended: "おすすめ",
  seats: "席数",
  seatTotal: (price) => `合計 ${price}`,
  currentPlan: "現在のプラン",
  startTrial: (days) => `${days}日間の無料体験を始める`,
  trialOffered: (days, price) => `${days}日間無料、その後は${price}。期間中に解約すれば料金はかかりません。`,
  upgrade: "アップグレード",
  contactUs: "お問い合わせ",
  unlimited: "無制限",
};

export const arabicPlans = translate({
  features: {
    projects: "المشاريع",
    messages: "الرسائل",
    export: "تصدير الجداول",
    domains: "نطاقات خاصة",
    roles: "الأدوار والصلاحيات",
    sso: "تسجيل الدخول الموحد",
    audit: "سجل التغييرات",
  },
  plans: {
    free: ["مجاني", "للتجربة بلا حد زمني."],
    pro: ["احترافي", "لمن يعمل عليه كل يوم."],
    team: ["فريق", "للمجموعات ذات المشاريع المشتركة والفاتورة الواحدة."],
    enterprise: ["مؤسسة", "للشركات ذات المتطلبات الخاصة."],
  },
});

export const arabic: Partial<PricingTableMessages> = {
  intervalName: oneOf({ month: "شهري", year: "سنوي" }, (interval) => `كل ${inArabic(interval)}`),
  saveMonths: () => "شهران مجانًا",
  per: (interval, perSeat) =>
    `/ ${oneOf({ month: "شهر", year: "سنة" }, inArabic)(interval)}${perSeat ? " للمقعد" : ""}`,
  every: (amount, interval) => `${amount} كل ${oneOf({ month: "شهر", year: "سنة" }, inArabic)(interval)}`,
  billedMonthly: "فاتورة شهرية",
  freeDetail: "بلا دفع",
  custom: "حسب الطلب",
  customDetail: "سعر يناسب فريقك",
  recommended: "موصى به",
  seats: "المقاعد",
  seatTotal: (price) => `المجموع ${price}`,
  currentPlan: "خطتك الحالية",
  startTrial: (days) => `ابدأ تجربة ${days} يومًا`,
  trialOffered: (days, price) => `مجانًا لمدة ${days} يومًا، ثم ${price}. ألغِ قبل ذلك ولا تدفع شيئًا.`,
  upgrade: "ترقية",
  contactUs: "اتصل بنا",
  unlimited: "بلا حدود",
  allowances: "الحدود",
  features: "المزايا",
};
