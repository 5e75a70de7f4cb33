/// A value of a JSON text (RFC 8259) and the line on which it begins.
///
/// Numbers stay as they are written: a sum of money is not a binary fraction.
package struct JSONNode: Sendable {
  package enum Value: Sendable {
    case null
    case boolean(Bool)
    case number(String)
    case text(String)
    case array([JSONNode])
    case object([Member])
  }

  package struct Member: Sendable {
    package let key: String
    package let value: JSONNode
  }

  package let value: Value
  package let line: Int

  /// A member of an object, whatever the case of its key: services and their versions differ in it.
  package subscript(key: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.key == key }?.value
      ?? members.first { $0.key.lowercased() == key.lowercased() }?.value
  }

  package var elements: [JSONNode]? {
    guard case .array(let elements) = value else { return nil }
    return elements
  }

  /// What is written, of a text or a number; nil for anything else.
  package var written: String? {
    switch value {
    case .text(let text), .number(let text): text
    default: nil
    }
  }

  /// A number without its exponent: `1500` of `1.5E3`. Nil where the value is no number, or one of too many digits.
  package var plainNumber: String? {
    guard case .number(let text) = value else { return nil }
    guard let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) else { return text }
    guard let exponent = Int(text[text.index(after: mark)...]), -64...64 ~= exponent else { return nil }
    let parts = text[..<mark].drop { $0 == "-" }.split(separator: ".")
    guard let whole = parts.first else { return nil }
    // All digits with room on both sides, and the mark among them.
    let room = String(repeating: "0", count: abs(exponent))
    let digits = "\(room)\(whole)\(parts.count > 1 ? String(parts[1]) : "")\(room)"
    let point = digits.index(digits.startIndex, offsetBy: room.count + whole.count + exponent)
    let left = digits[..<point].drop { $0 == "0" }
    var right = digits[point...]
    while right.last == "0" { right.removeLast() }
    let sign = text.hasPrefix("-") ? "-" : ""
    return "\(sign)\(left.isEmpty ? "0" : String(left))\(right.isEmpty ? "" : ".\(right)")"
  }

  package var isNull: Bool {
    if case .null = value { return true }
    return false
  }

  package var keys: [String] {
    guard case .object(let members) = value else { return [] }
    return members.map(\.key)
  }
}
