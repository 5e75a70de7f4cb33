/// Numbers as each language writes them: 1 234,5 · 1.234,5 · 1,234.5
package enum Numbers {
  /// French groups by a narrow no-break space, so that a number never breaks over two lines.
  private static func marks(_ language: Language) -> (group: String, decimal: String) {
    switch language {
    case .fr: ("\u{202f}", ",")
    case .nl: (".", ",")
    case .en: (",", ".")
    }
  }

  package static func grouped(_ value: Int, _ language: Language) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { text += marks(language).group }
      text.append(digit)
    }
    return value < 0 ? "−" + text : text
  }

  /// With as many decimals as it has: 2 rather than 2,0, and 0,0001.
  package static func short(_ value: Double, _ language: Language) -> String {
    if let whole = Int(exactly: value) { return grouped(whole, language) }
    let digits = value.magnitude.description.map { $0 == "." ? marks(language).decimal : String($0) }.joined()
    return value < 0 ? "−" + digits : digits
  }

  package static func decimal(_ value: Double, decimals: Int, _ language: Language) -> String {
    guard value.isFinite else { return "–" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value.magnitude * scale).rounded(.toNearestOrAwayFromZero)
    guard scaled < 9e15 else { return value.description }
    let whole = Int(scaled / scale)
    let text = grouped(whole, language)
    let sign = value < 0 && scaled > 0 ? "−" : ""
    guard decimals > 0 else { return sign + text }
    let fraction = String(Int(scaled) - whole * Int(scale))
    return sign + text + marks(language).decimal
      + String(repeating: "0", count: decimals - fraction.count) + fraction
  }

  /// 1 234 567 bytes as people say it.
  package static func bytes(_ count: Int, _ language: Language) -> String {
    let units = language == .fr ? ["o", "ko", "Mo", "Go", "To"] : ["B", "kB", "MB", "GB", "TB"]
    var value = Double(count)
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return decimal(value, decimals: unit == 0 || value >= 100 ? 0 : 1, language) + "\u{a0}" + units[unit]
  }
}
