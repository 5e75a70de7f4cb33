/// Surfaces in well-known binary: that of OGC and ISO, and the extended one of PostGIS, whose SRID is passed over.
package struct WellKnownBinary: Sendable {
  package let shape: Shape?

  package enum Fault: Error, Equatable { case truncated, points, lines, unknown(Int) }

  package init(_ bytes: [UInt8]) throws(Fault) {
    var reader = Reader(bytes)
    let polygons = try reader.geometry(depth: 0)
    shape = polygons.isEmpty ? nil : Shape(polygons)
  }

  /// Two hexadecimal digits a byte, as databases export it; nil where the text is something else.
  package static func bytes(hexadecimal text: some Sequence<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var high: UInt8?
    for letter in text {
      let digit: UInt8
      switch letter {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = letter - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = letter - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = letter - UInt8(ascii: "A") + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return high == nil ? bytes : nil
  }

  private struct Reader {
    private let bytes: [UInt8]
    private var at = 0
    private var little = true

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func geometry(depth: Int) throws(Fault) -> [Polygon] {
      guard at < bytes.count, depth < 20 else { throw .truncated }
      little = bytes[at] == 1
      at += 1
      let word = Int(try number(4))
      if word & 0x2000_0000 != 0 { _ = try number(4) }
      // Extended: bits for height and measure. ISO: thousands.
      let kind = word & 0x0fff_ffff
      let iso = kind / 1000
      let extra =
        (word & 0x8000_0000 != 0 || iso == 1 || iso == 3 ? 1 : 0)
        + (word & 0x4000_0000 != 0 || iso == 2 || iso == 3 ? 1 : 0)
      switch kind % 1000 {
      case 3: return try polygon(width: 2 + extra).map { [$0] } ?? []
      case 6, 7:
        var polygons: [Polygon] = []
        for _ in 0..<(try count(of: 5)) { polygons += try geometry(depth: depth + 1) }
        return polygons
      case 1, 4: throw .points
      case 2, 5: throw .lines
      default: throw .unknown(kind)
      }
    }

    private mutating func polygon(width: Int) throws(Fault) -> Polygon? {
      var rings: [Ring] = []
      for _ in 0..<(try count(of: 4)) {
        let length = try count(of: 8 * width)
        var points: [Point] = []
        points.reserveCapacity(length)
        for _ in 0..<length {
          let x = Double(bitPattern: try number(8))
          let y = Double(bitPattern: try number(8))
          at += 8 * (width - 2)
          points.append(Point(x, y))
        }
        rings.append(Ring(points))
      }
      guard let outer = rings.first, outer.points.count > 3 else { return nil }
      return Polygon(outer, holes: Array(rings.dropFirst()))
    }

    /// A count of things that must all fit in what is left.
    private mutating func count(of size: Int) throws(Fault) -> Int {
      let count = Int(try number(4))
      guard count <= (bytes.count - at) / size else { throw .truncated }
      return count
    }

    private mutating func number(_ width: Int) throws(Fault) -> UInt64 {
      guard at + width <= bytes.count else { throw .truncated }
      var value: UInt64 = 0
      for offset in 0..<width {
        value |= UInt64(bytes[at + offset]) << UInt64(8 * (little ? offset : width - 1 - offset))
      }
      at += width
      return value
    }
  }
}
