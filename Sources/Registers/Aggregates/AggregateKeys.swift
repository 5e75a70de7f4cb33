/// Cells as numbers of sixty-four bits: a table of a whole country has millions of them.
///
/// Each code of a table gets a small number as it comes; the empty code, a total, is 0. Codes have passed their
/// nomenclature, which holds far fewer than there is room for.
struct AggregateKeys {
  /// The codes of one dimension, and where their number stands in a key.
  struct Dimension {
    let shift: UInt64
    let bits: UInt64
    private(set) var codes = [""]
    private var numbers = ["": 0 as UInt64]

    init(shift: UInt64, bits: UInt64) { (self.shift, self.bits) = (shift, bits) }

    /// The bits of a code, new or not.
    mutating func place(_ code: String) -> UInt64 {
      if let number = numbers[code] { return number << shift }
      let number = UInt64(codes.count)
      precondition(number < 1 << bits, "more codes than nomenclatures have")
      codes.append(code)
      numbers[code] = number
      return number << shift
    }

    /// The bits of a code that has been seen.
    func known(_ code: String) -> UInt64? { numbers[code].map { $0 << shift } }

    func number(in key: UInt64) -> Int { Int(key >> shift & (1 << bits - 1)) }
    func code(in key: UInt64) -> String { codes[number(in: key)] }
    /// The key with the total in the place of this code.
    func cleared(_ key: UInt64) -> UInt64 { key & ~((1 << bits - 1) << shift) }
  }

  private(set) var territory = Dimension(shift: 46, bits: 18)
  private(set) var activity = Dimension(shift: 31, bits: 15)
  private(set) var classification = Dimension(shift: 27, bits: 4)
  private(set) var family = Dimension(shift: 21, bits: 6)
  private(set) var field = Dimension(shift: 17, bits: 4)
  private(set) var measure = Dimension(shift: 12, bits: 5)
  private static let firstYear = 1900

  mutating func key(_ cell: Aggregate.Cell) -> UInt64 {
    territory.place(cell.territory) | activity.place(cell.activity) | classification.place(cell.classification)
      | family.place(cell.family) | field.place(cell.field) | measure.place(cell.measure)
      | UInt64(cell.year - Self.firstYear) << 3 | UInt64(cell.quarter)
  }

  func year(of key: UInt64) -> Int { Int(key >> 3 & 0x1ff) + Self.firstYear }
}
