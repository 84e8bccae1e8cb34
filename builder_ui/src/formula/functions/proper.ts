// PROPER: the first letter of every word in upper case.

const CASED = /\p{Cased}/u;

/** A letter in upper case; where that is more than one (ß), the others stay small. */
function capital(letter: string): string {
  const [first = "", ...rest] = letter.toUpperCase();
  return first + rest.join("").toLowerCase();
}

export function proper(value: string): string {
  let [shown, isInWord] = ["", false];
  for (const character of value) {
    shown += isInWord ? character.toLowerCase() : capital(character);
    isInWord = CASED.test(character);
  }
  return shown;
}
