import Nomenclature
import Tabular

/// Small numbers for the codes that repeat millions of times: size bands and divisions.
struct Dimensions {
  /// Position 0 is "no band".
  let bands: [SizeBand?]
  let bandIndex: [UInt64: UInt8]
  /// The last is "not classified".
  let divisions: [String]
  private let divisionIndex: [UInt8]

  init(_ book: NomenclatureBook) {
    bands = [nil] + book.sizes.french.values.sorted { $0.code < $1.code }.map(Optional.some)
    var bandIndex: [UInt64: UInt8] = [:]
    for (position, band) in bands.enumerated() {
      if let band { bandIndex[Self.packed(band.code)] = UInt8(position) }
    }
    self.bandIndex = bandIndex
    divisions = book.sectors.divisions.map(\.code) + [Sectors.unclassified]
    var index = [UInt8](repeating: UInt8(divisions.count - 1), count: 100)
    for (position, code) in divisions.enumerated() {
      if let number = Int(code) { index[number] = UInt8(position) }
    }
    divisionIndex = index
  }

  var unclassified: UInt8 { UInt8(divisions.count - 1) }

  /// The division of an activity code; `isCurrent` where its scheme has today's divisions.
  func division(_ activity: Field, isCurrent: Bool) -> UInt8 {
    guard isCurrent, activity.count >= 2 else { return unclassified }
    let (tens, ones) = (activity[0] &- UInt8(ascii: "0"), activity[1] &- UInt8(ascii: "0"))
    guard tens <= 9, ones <= 9 else { return unclassified }
    return divisionIndex[Int(tens) * 10 + Int(ones)]
  }

  func index(ofDivision code: String) -> UInt8 {
    divisions.firstIndex(of: code).map(UInt8.init) ?? unclassified
  }

  static func index(_ quality: ActivityMapping.Quality) -> UInt8 {
    ActivityMapping.Quality.allCases.firstIndex(of: quality).map(UInt8.init) ?? 0
  }

  static func packed(_ text: String) -> UInt64 { text.utf8.reduce(0) { $0 << 8 | UInt64($1) } }
}

/// Remembers a value for each short numeric code (legal forms): an array look-up instead of a hash.
struct CodeMemo<Value> {
  private var known = [Value?](repeating: nil, count: 10_000)
  private var others: [String: Value] = [:]

  mutating func value(of field: Field, make: (String) -> Value) -> Value {
    guard field.count == 4, let number = Self.number(field) else {
      let code = field.text
      if let value = others[code] { return value }
      let value = make(code)
      others[code] = value
      return value
    }
    if let value = known[number] { return value }
    let value = make(field.text)
    known[number] = value
    return value
  }

  private static func number(_ field: Field) -> Int? {
    var number = 0
    for position in 0..<4 {
      let digit = field[position] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      number = number * 10 + Int(digit)
    }
    return number
  }
}
