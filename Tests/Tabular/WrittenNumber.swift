import TestSupport

/// A number and one way of writing it.
struct WrittenNumber {
  private let negative: Bool
  private let whole: [Int]
  private let fraction: [Int]
  let text: String

  init(_ random: inout SplitMix64) {
    negative = random.chance(30)
    whole = (0..<random.number(1...11)).map { _ in random.number(0...9) }
    fraction = (0..<random.pick([0, 1, 2, 4, 5])).map { _ in random.number(0...9) }
    let mark = random.pick([",", "."])
    var styles = ["", " ", "'", "\u{a0}", "\u{202f}"]
    // A point or comma groups where it cannot be taken for the decimal mark.
    if !fraction.isEmpty || whole.count > 6 { styles.append(mark == "," ? "." : ",") }
    let style = random.pick(styles)
    var text = negative ? "-" : random.pick(["", "", "+"])
    for (position, digit) in whole.enumerated() {
      if position > 0, (whole.count - position) % 3 == 0 { text += style }
      text += String(digit)
    }
    if !fraction.isEmpty { text += mark + fraction.map(String.init).joined() }
    self.text = text
  }

  /// The number times 10^places, rounded half away from zero by hand.
  func scaled(_ places: Int) -> Int64 {
    let digits = whole + (fraction + [Int](repeating: 0, count: places + 1)).prefix(places + 1)
    let value = digits.dropLast().reduce(0) { $0 * 10 + $1 } + (digits[digits.count - 1] >= 5 ? 1 : 0)
    return Int64(negative ? -value : value)
  }
}
