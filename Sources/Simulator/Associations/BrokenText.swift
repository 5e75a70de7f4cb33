import Diagnostics
import Tabular

/// How the file of one département came down the years.
enum AssociationText: Sendable {
  case utf8
  case windows1252
  /// Its accented letters were lost on the way.
  case lost
}

/// Hands rows on in another encoding. A block of rows never cuts a character.
final class BrokenText: ByteSink {
  private let sink: any ByteSink
  private let text: AssociationText
  private var bytes: [UInt8] = []

  init(_ text: AssociationText, to sink: any ByteSink) {
    self.text = text
    self.sink = sink
  }

  func write(_ part: UnsafeRawBufferPointer) throws(Problem) {
    if case .utf8 = text { return try sink.write(part) }
    bytes.removeAll(keepingCapacity: true)
    var place = 0
    while place < part.count {
      let byte = part[place]
      guard byte >= 0x80 else {
        bytes.append(byte)
        place += 1
        continue
      }
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      let end = min(place + length, part.count)
      if case .windows1252 = text { bytes.append(Self.windows(UnsafeRawBufferPointer(rebasing: part[place..<end]))) }
      place = end
    }
    let problem = bytes.withUnsafeBytes { block -> Problem? in
      do throws(Problem) { try sink.write(block) } catch { return error }
      return nil
    }
    if let problem { throw problem }
  }

  /// One character in Windows-1252: Latin-1, and what stands between 80 and 9F in the names that are drawn.
  private static func windows(_ character: UnsafeRawBufferPointer) -> UInt8 {
    switch String(decoding: character, as: UTF8.self).unicodeScalars.first?.value ?? 0 {
    case let latin where 0xa0...0xff ~= latin: UInt8(latin)
    case 0x2019: 0x92
    case 0x0153: 0x9c
    case 0x0152: 0x8c
    case 0x2013: 0x96
    default: UInt8(ascii: "?")
    }
  }
}
