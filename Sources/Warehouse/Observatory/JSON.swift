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
      throw Problem("json.broken", at: Place(file: path), ["system": "\(error)"])
    }
  }
}
