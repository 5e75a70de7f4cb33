import TestSupport

/// A well-formed table with all that makes quoting hard, and what a reader must find in it.
struct RandomTable {
  enum LineEnds: CaseIterable { case lineFeeds, pairs, mixed }

  var separator: UInt8
  var header: [UInt8] = []
  var body: [UInt8] = []
  var contents = TableContents()

  var bytes: [UInt8] { header + body }

  /// Lengths on both sides of the 64 bytes that the fast scanner takes at once.
  private static let lengths = [0, 0, 0, 1, 1, 2, 3, 5, 8, 13, 31, 32, 33, 61, 62, 63, 64, 65, 66, 126, 127, 128, 129]
  private static let plain = ["a", "b", "7", " ", "é", "€", "'", "🐓", "-", "0"].map(utf8)
  private static let special = ["\"\"", "\n", "\r\n", "\r", ",", ";", "\t", "|"].map(utf8)

  init(_ random: inout SplitMix64, rows: Int, fields: Int? = nil) {
    separator = random.pick([",", ";", "\t", "|"].compactMap(\.first?.asciiValue))
    let fields = fields ?? random.number(2...7)
    let ends = random.pick(LineEnds.allCases)
    let columns = (0..<fields).map { "c\($0)" }
    for (position, column) in columns.enumerated() {
      if position > 0 { header.append(separator) }
      header += random.chance(20) ? utf8("\"\(column)\"") : utf8(column)
    }
    header += lineEnd(ends, &random)
    contents.columns = columns
    var line = 2
    for _ in 0..<rows {
      contents.lines.append(line)
      let start = body.count
      contents.rows.append(addRow(fields, ends, &random))
      line += body[start...].count { $0 == UInt8(ascii: "\n") }
    }
  }

  /// The last line may have no end; its row stays what it was.
  mutating func dropLastLineEnd() {
    while let last = body.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { body.removeLast() }
  }

  private mutating func addRow(_ fields: Int, _ ends: LineEnds, _ random: inout SplitMix64) -> [String] {
    let quoting = random.pick([0, 30, 100])
    var row: [String] = []
    for position in 0..<fields {
      if position > 0 { body.append(separator) }
      // A lone empty field would be an empty line.
      let quoted = random.chance(quoting) || fields == 1
      let (written, meant) = field(quoted: quoted, &random)
      body += written
      row.append(meant)
    }
    body += lineEnd(ends, &random)
    return row
  }

  private func field(quoted: Bool, _ random: inout SplitMix64) -> (written: [UInt8], meant: String) {
    let length = random.pick(Self.lengths)
    var inside: [UInt8] = []
    while inside.count < length {
      inside += random.pick(quoted && random.chance(40) ? Self.special : Self.plain)
    }
    guard quoted else { return (inside, String(decoding: inside, as: UTF8.self)) }
    let meant = String(decoding: inside, as: UTF8.self).replacing("\"\"", with: "\"")
    return ([UInt8(ascii: "\"")] + inside + [UInt8(ascii: "\"")], meant)
  }

  private func lineEnd(_ ends: LineEnds, _ random: inout SplitMix64) -> [UInt8] {
    switch ends {
    case .lineFeeds: utf8("\n")
    case .pairs: utf8("\r\n")
    case .mixed: utf8(random.chance(50) ? "\n" : "\r\n")
    }
  }
}

/// Text that breaks the rules of CSV now and then: ragged rows, empty lines, lone CRs, stray quotes.
func carelessText(_ random: inout SplitMix64, pieces: Int) -> [UInt8] {
  let choices = [
    "a,b\n", "a,b\r\n", "\n", "\r\n", "a\n", "a,b,c\n", "\"x\ny\",z\n", "a,b\rc,d\n", "a\"b,c\n", "\"a\"b,c\n",
  ]
  return (0..<pieces).flatMap { _ in utf8(random.pick(choices)) }
}
