import Diagnostics
import Filesystem
import FoundationEssentials

/// JSON as Essor writes it: sorted keys, so that the same content gives the same bytes.
package enum JSON {
  package static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }

  package static func text(_ value: some Encodable) throws -> String {
    String(decoding: try encode(value), as: UTF8.self)
  }

  package static func decode<T: Decodable>(_ type: T.Type, file path: String) throws -> T {
    do {
      return try JSONDecoder().decode(type, from: Data(Folder.contents(of: path)))
    } catch let error as DecodingError {
      throw broken(path, error)
    }
  }

  /// What is wrong, without the decoder's own English: the key where it stopped, if it is known.
  static func broken(_ path: String, _ error: DecodingError) -> Problem {
    var keys: [any CodingKey] = []
    switch error {
    case .keyNotFound(let key, let context): keys = context.codingPath + [key]
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      keys = context.codingPath
    @unknown default: break
    }
    let where_ = keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: " › ")
    return Problem(where_.isEmpty ? "json.unreadable" : "json.broken", at: Place(file: path), ["key": where_])
  }
}
