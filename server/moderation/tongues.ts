import { foldLetters } from "./letters.ts"
import { END, START } from "./patterns.ts"

/** Words as short as these are the beginnings of others. */
const SHORT = 6

/**
 * What forms call things in the languages of those who are detained, as sources of expressions for folded text. English,
 * Spanish, Haitian Creole, French and Portuguese have their own where the word alone does not tell.
 */
export const NUMBER_ABROAD = anyOf(`
  -nummer, номер, номера, номери, номером, нөмірі, מספר, หมายเลข, លេខ, နံပါတ်, ເລກ, شمېره, ژمارە, дугаар, рақами, 号码, 號碼, 号, 號, 番号, 番號, 编号, 번호, 넘버, رقم, نمبر, شماره, नंबर, नम्बर, संख्या, क्रमांक, ਨੰਬਰ, নম্বর,
  নাম্বার, নং, નંબર, எண், நம்பர், నంబర్, số, numara, nambari, namba, raqami, szám, száma, lambar, lambarka, lambarkayga, numri, nömrə, nömrəsi, ቁጥር, număr, numărul, numer, nomor, raqam, համար, ნომერი, numerong`)

/** The number's first letter where it is written in another script. */
export const LETTER_ABROAD = anyOf("ए, ਏ, এ, ኤ, એ, ఏ, ஏ, 에이, اے, إيه, эй")

export const ALIEN_ABROAD = anyOf(`
  ausländer, straniero, иностранц, иностранн, іноземц, іноземн, 外国人, 外國人, 外籍, 外侨, 外僑, 외국인, 에일리언, أجنبي, اجانب, أجانب, بیگانه,
  بیگانگان, اتباع خارجی, ایلین, غیر ملکی, एलियन, विदेशी, ਏਲੀਅਨ, ਵਿਦੇਸ਼ੀ, এলিয়েন, বিদেশি, বিদেশী, એલિયન, વિદેશી, ஏலியன், ఏలియన్,
  ngoại kiều, người nước ngoài, dayuhan, yabancı, mgeni, ajnabi, የውጭ ዜጋ, străin, cudzoziemc, orang asing, chet ellik, օտարերկրացու,
  უცხოელის`)

export const SOCIAL_ABROAD = anyOf(`
  sécurité sociale, segurança social, previdência social, sozialversicherung, социального страхования, соціального страхування, 社会安全号, 社会安全號,
  社會安全號, 社安号, 社安號, 사회보장, الضمان الاجتماعي, سوشل سیکیورٹی, تامین اجتماعی, सामाजिक सुरक्षा, सोशल सिक्योरिटी, ਸੋਸ਼ਲ ਸਿਕਿਉਰਿਟੀ,
  ਸਮਾਜਿਕ ਸੁਰੱਖਿਆ, সামাজিক নিরাপত্তা, সোশ্যাল সিকিউরিটি, an sinh xã hội, sosyal güvenlik`)

export const BIRTH_ABROAD = anyOf(`
  data di nascita, datelind, data de nasc, geburtsdatum, geburtstag, дата рождения, день рождения, д.р., дата народження, 出生日期, 出生年月, 生日, 生年月日, 생년월일, 생일,
  تاريخ الميلاد, تاريخ ميلاد, تاريخ الولادة, مواليد, تاریخ پیدائش, تاریخ تولد, जन्म तिथि, जन्मदिन, जन्मतिथि, जन्म तारीख, जन्म मिति, जन्म दिनांक, ਜਨਮ ਮਿਤੀ, ਜਨਮ ਤਾਰੀਖ, ਜਨਮ ਦਿਨ, জন্ম তারিখ, જન્મ તારીખ,
  ngày sinh, ngày tháng năm sinh, petsa ng kapanganakan, kaarawan, doğum tarihi, tarehe ya kuzaliwa, taariikhda dhalashada, data urodzenia,
  data nașterii, tanggal lahir, የትውልድ ቀን, ծննդյան ամսաթիվ, დაბადების თარიღი`)

export const BORN_ABROAD = anyOf(`
  родился, родилась, народився, народилася, 出生于, 出生於, 生于, 生於, 태어, ولد في, ولدت في, जन्म, sinh ngày, ipinanganak, geboren, nato il,
  nata il, doğdu, doğumlu, urodzony, urodzona, naceu, alizaliwa, născut`)

/**
 * One of the phrases, each folded; where a script puts blanks between words, as words, the short ones to their end; "-nummer" at the
 * end of a longer one as well.
 */
function anyOf(phrases: string): string {
  const given = phrases.split(",").map((phrase) => phrase.trim())
  const isSpaced = (phrase: string) => /^[\p{Script=Latin}\p{Script=Cyrillic}]/u.test(phrase)
  const spaced = given.filter(isSpaced).map(fold)
  // The border is said once for all of them: compiled, it is as large as a hundred words.
  const words = [...spaced.filter((word) => word.length >= SHORT), ...atEnd(spaced.filter((word) => word.length < SHORT))]
  const bordered = words.length > 0 ? [START + either(words)] : []
  return either([...bordered, ...given.filter((phrase) => !isSpaced(phrase)).map(fold)])
}

function atEnd(words: readonly string[]): string[] {
  return words.length > 0 ? [either(words) + END] : []
}

function fold(phrase: string): string {
  return foldLetters(phrase).toLowerCase().replace(/^-/, "").replaceAll(" ", "[ _]")
}

function either(sources: readonly string[]): string {
  return `(?:${[...new Set(sources)].join("|")})`
}
