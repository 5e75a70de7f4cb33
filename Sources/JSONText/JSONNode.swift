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

  package var isNull: Bool {
    if case .null = value { return true }
    return false
  }

  package var keys: [String] {
    guard case .object(let members) = value else { return [] }
    return members.map(\.key)
  }
}
