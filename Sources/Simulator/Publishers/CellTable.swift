/// Sums by cell: a row of a few numbers for each key that was met.
///
/// Its size follows the cells, communes by activities, and not the units that are counted in them.
struct CellTable<Number: FixedWidthInteger> {
  let width: Int
  private var positions: [Int: Int] = [:]
  private(set) var keys: [Int] = []
  private var numbers: [Number] = []

  init(width: Int) { self.width = width }

  /// Where the numbers of a key begin.
  mutating func start(of key: Int) -> Int {
    if let position = positions[key] { return position * width }
    positions[key] = keys.count
    keys.append(key)
    numbers.append(contentsOf: repeatElement(0, count: width))
    return numbers.count - width
  }

  subscript(place: Int) -> Number {
    get { numbers[place] }
    set { numbers[place] = newValue }
  }

  /// The numbers of a key, or nothing where it was never met.
  func row(_ key: Int) -> ArraySlice<Number>? {
    positions[key].map { numbers[($0 * width)..<(($0 + 1) * width)] }
  }

  /// Adds the row of another table of the same width.
  mutating func add(_ row: ArraySlice<Number>, to key: Int) {
    let start = start(of: key)
    for (place, number) in row.enumerated() { numbers[start + place] += number }
  }

  var sortedKeys: [Int] { keys.sorted() }
}
