package import Tabular

/// The numbers that identify organisations, read from bytes and checked by their own arithmetic.
package enum Identifiers {
  /// A SIREN: nine digits whose Luhn sum is a multiple of ten.
  package static func siren(_ field: Field) -> UInt32? {
    guard field.count == 9, let first = EightDigits(field, at: 0) else { return nil }
    let last = field[8] &- UInt8(ascii: "0")
    let number = UInt32(truncatingIfNeeded: first.value) &* 10 &+ UInt32(last)
    guard last <= 9, number > 0, (first.luhnSum(doublingFirst: false) + UInt64(last)) % 10 == 0 else { return nil }
    return number
  }

  /// A SIRET: a SIREN and five digits. La Poste's own are checked by their plain sum instead.
  package static func siret(_ field: Field) -> UInt64? {
    guard field.count == 14, let first = EightDigits(field, at: 0), let second = EightDigits(field, at: 6) else {
      return nil
    }
    // The two share two digits.
    let rest = second.withoutFirstTwo
    let number = first.value &* 1_000_000 &+ rest.value
    let sum = first.luhnSum(doublingFirst: true) + rest.luhnSum(doublingFirst: true)
    return sum % 10 == 0 && number > 0 || isLaPoste(number) ? number : nil
  }

  /// La Poste: too many establishments for one check digit.
  package static let laPoste: UInt64 = 356_000_000

  @inlinable
  package static func isValidSIRET(_ number: UInt64) -> Bool {
    luhn(number) ? number > 0 : isLaPoste(number)
  }

  @inlinable
  static func isLaPoste(_ siret: UInt64) -> Bool { siret / 100_000 == laPoste && plainSum(siret) % 5 == 0 }

  /// A number of the BCE/KBO, with or without dots: ten digits, the last two being 97 − (the first eight mod 97).
  ///
  /// Enterprises start with 0 or 1, establishments with 2 or more.
  @inlinable
  package static func belgian(_ field: Field) -> UInt64? {
    var number: UInt64 = 0
    var count = 0
    for position in 0..<field.count {
      let byte = field[position]
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: " ") { continue }
      let digit = byte &- UInt8(ascii: "0")
      guard digit <= 9, count < 10 else { return nil }
      number = number &* 10 &+ UInt64(digit)
      count += 1
    }
    // A spreadsheet may have eaten the leading zero.
    guard count == 10 || count == 9, isValidBelgian(number) else { return nil }
    return number
  }

  @inlinable
  package static func isValidBelgian(_ number: UInt64) -> Bool {
    number > 0 && number % 100 == 97 - number / 100 % 97
  }

  @inlinable
  package static func isBelgianEstablishment(_ number: UInt64) -> Bool { number >= 2_000_000_000 }

  /// The Luhn rule: every second digit from the right doubled, digits of the result summed.
  @inlinable
  package static func luhn(_ number: UInt64) -> Bool {
    var rest = number
    var sum: UInt64 = 0
    // Fourteen digits at most matter: a loop of known length is unrolled.
    for _ in 0..<7 {
      let pair = rest % 100
      rest /= 100
      let doubled = pair / 10 &* 2
      sum &+= pair % 10 &+ doubled &- (doubled > 9 ? 9 : 0)
    }
    return rest == 0 && sum % 10 == 0
  }

  @inlinable
  static func plainSum(_ number: UInt64) -> UInt64 {
    var rest = number
    var sum: UInt64 = 0
    while rest > 0 {
      sum += rest % 10
      rest /= 10
    }
    return sum
  }

  /// The SIREN of a SIREN or SIRET of which so many digits are left: a spreadsheet eats leading zeros, and no SIREN has
  /// more than three of them (000 325 175; E).
  static func siren(_ number: UInt64, digits: Int) -> UInt64? {
    switch digits {
    case 6...9: number > 0 && luhn(number) ? number : nil
    case 11...14: isValidSIRET(number) ? number / 100_000 : nil
    default: nil
    }
  }

  /// A number as people write it, with spaces, dots or dashes: its value, how many digits it has, and whether the BE
  /// of Belgian VAT numbers comes before it (`BE 0400.378.485`).
  static func written(_ field: Field) -> (digits: Int, number: UInt64, isMarkedBelgian: Bool)? {
    let separators: Set<Character> = [" ", ".", "-", "\u{a0}", "\u{202f}"]
    var text = field.text.filter { !separators.contains($0) }
    let isMarkedBelgian = text.prefix(2).lowercased() == "be"
    if isMarkedBelgian { text.removeFirst(2) }
    guard text.utf8.count <= 14, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let number = UInt64(text)
    else { return nil }
    return (text.utf8.count, number, isMarkedBelgian)
  }

  /// `0400378485` as it is printed: `0400.378.485`; an establishment as `2.001.171.663`.
  package static func printedBelgian(_ number: UInt64) -> String {
    if isBelgianEstablishment(number) {
      let text = padded(number, 10)
      let parts = [text.prefix(1), text.dropFirst().prefix(3), text.dropFirst(4).prefix(3), text.suffix(3)]
      return parts.map(String.init).joined(separator: ".")
    }
    let text = String(repeating: "0", count: max(0, 10 - String(number).count)) + String(number)
    let parts = [text.prefix(4), text.dropFirst(4).prefix(3), text.suffix(3)]
    return parts.map(String.init).joined(separator: ".")
  }

  /// A number with leading zeros up to a width.
  package static func padded(_ number: UInt64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
