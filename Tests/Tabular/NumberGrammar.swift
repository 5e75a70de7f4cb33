/// The numbers that are read, told as a grammar on strings: slow, and written apart from the reader.
///
/// A number is a sign or none, then a whole part, then a decimal mark and digits or nothing. The fuzzer and the
/// tests hold the reader to it.
enum NumberGrammar {
  /// The number times 10^places, rounded half away from zero; `isCount`: nothing may be left to round.
  static func number(_ bytes: [UInt8], places: Int, isCount: Bool = false) -> Int64? {
    var body = Substring(text(bytes))
    let isNegative = body.hasPrefix("-")
    if isNegative || body.hasPrefix("+") { body.removeFirst() }
    guard let (whole, fraction) = parts(String(body), places: places) else { return nil }
    if isCount, fraction.contains(where: { $0 != "0" }) { return nil }
    let padded = fraction + String(repeating: "0", count: places + 1)
    let kept = String((whole.filter(isDigit) + padded.prefix(places)).drop { $0 == "0" })
    // The greatest number has no room for what rounding may add.
    let limit = "9223372036854775806"
    guard kept.count < limit.count || kept.count == limit.count && kept <= limit else { return nil }
    let rounded = (Int64(kept) ?? 0) + (padded.dropFirst(places).prefix(1) >= "5" ? 1 : 0)
    return isNegative ? -rounded : rounded
  }

  /// One character a byte; each of the spaces that may group is a plain one.
  private static func text(_ bytes: [UInt8]) -> String {
    var scalars = String.UnicodeScalarView()
    for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
    let latin = String(scalars)
    return latin.replacing("\u{c2}\u{a0}", with: " ").replacing("\u{e2}\u{80}\u{af}", with: " ")
      .replacing("\u{a0}", with: " ")
  }

  /// The whole part, with its grouping signs, and the digits behind the mark.
  private static func parts(_ body: String, places: Int) -> (whole: String, fraction: String)? {
    let whole = isPlain(body) && !body.isEmpty || " ',.".contains { isGrouped(body, by: $0) }
    guard let at = body.lastIndex(where: { $0 == "," || $0 == "." }) else { return whole ? (body, "") : nil }
    let (before, after) = (String(body[..<at]), String(body[body.index(after: at)...]))
    let isMarked =
      isPlain(after)
      && (isPlain(before) && body.count > 1 || " ',.".contains { $0 != body[at] && isGrouped(before, by: $0) })
    switch (whole, isMarked) {
    case (true, false): return (body, "")
    case (false, true): return (before, after)
    case (false, false): return nil
    // Both may be meant: a group does not begin with zero, and three decimals are only taken where three are expected.
    case (true, true): return before.hasPrefix("0") || places >= 3 ? (before, after) : nil
    }
  }

  private static func isDigit(_ character: Character) -> Bool { "0"..."9" ~= character && character.isASCII }

  private static func isPlain(_ text: String) -> Bool { text.allSatisfy(isDigit) }

  /// One to three digits, then threes, with one sign between.
  private static func isGrouped(_ text: String, by sign: Character) -> Bool {
    let groups = text.split(separator: sign, omittingEmptySubsequences: false)
    return groups.count > 1 && (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
      && groups.allSatisfy { isPlain(String($0)) }
  }
}
