import Diagnostics
import Tabular

/// The table beside a shapefile, in the format of dBase.
struct DBaseTable {
  let columns: [String]
  let count: Int
  private let bytes: LittleEndian
  private let fields: [(name: String, start: Int, length: Int)]
  private let headerLength: Int
  private let rowLength: Int
  private let isUTF8: Bool?

  /// `encoding` is what the .cpg says; where there is none, each value is looked at.
  init(_ content: [UInt8], encoding: String?, _ place: Place) throws(Problem) {
    let bytes = LittleEndian(content)
    let (count, headerLength, rowLength) = (bytes.u32(4), bytes.u16(8), bytes.u16(10))
    guard content.count >= 33, headerLength >= 33, rowLength >= 1 else {
      throw Problem("shapefile.bad_table", at: place)
    }
    guard headerLength + count * rowLength <= content.count else { throw Problem("file.truncated", at: place) }
    var fields: [(name: String, start: Int, length: Int)] = []
    var at = 32
    var start = 1
    let isUTF8 = Self.isUTF8(encoding)
    while at + 32 <= headerLength, content[at] != 0x0d {
      let name = Self.text(content[at..<at + 11].prefix { $0 != 0 }, isUTF8)
      fields.append((name, start, bytes.u8(at + 16)))
      start += bytes.u8(at + 16)
      at += 32
    }
    guard !fields.isEmpty, start <= rowLength else { throw Problem("shapefile.bad_table", at: place) }
    self.bytes = bytes
    self.count = count
    self.headerLength = headerLength
    self.rowLength = rowLength
    self.fields = fields
    self.isUTF8 = isUTF8
    columns = fields.map(\.name)
  }

  /// The values that are not blank, by column; nil for a row marked as deleted.
  func row(_ index: Int) -> [String: String]? {
    let start = headerLength + index * rowLength
    guard bytes.u8(start) != UInt8(ascii: "*") else { return nil }
    var values: [String: String] = [:]
    for field in fields {
      let from = start + field.start
      let value = trimmed(Self.text(bytes.bytes[from..<from + field.length].prefix { $0 != 0 }, isUTF8))
      if !value.isEmpty { values[field.name] = value }
    }
    return values
  }

  /// `UTF-8`, `65001`; `1252`, `ISO-8859-1`, `88591`… Nil where it says nothing that we know.
  private static func isUTF8(_ encoding: String?) -> Bool? {
    guard let encoding else { return nil }
    let letters = encoding.uppercased().filter { $0.isLetter || $0.isNumber }
    if letters.contains("UTF8") || letters == "65001" { return true }
    return ["1252", "88591", "LATIN1"].contains { letters.contains($0) } ? false : nil
  }

  private static func text(_ bytes: some Collection<UInt8>, _ isUTF8: Bool?) -> String {
    let bytes = Array(bytes)
    if isUTF8 == true { return String(decoding: bytes, as: UTF8.self) }
    return bytes.withUnsafeBufferPointer { TextEncoding.decode($0, windows: isUTF8 == false) }
  }
}
