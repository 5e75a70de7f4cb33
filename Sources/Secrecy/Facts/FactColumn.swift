internal import Diagnostics
internal import Filesystem

/// A measure of all employers, the least number there is where it is not given, in as few bytes as its largest number needs: most are parts of
/// the jobs of one establishment, which two bytes hold.
enum FactColumn: Sendable {
  case short(PackedNumbers<Int16>)
  case narrow(PackedNumbers<Int32>)
  case wide(PackedNumbers<Int64>)

  init(_ file: PackedFile, _ number: UInt32) throws(Problem) {
    if let short = try? file.numbers(number, Int16.self) {
      self = .short(short)
    } else if let narrow = try? file.numbers(number, Int32.self) {
      self = .narrow(narrow)
    } else {
      self = .wide(try file.numbers(number, Int64.self))
    }
  }

  var count: Int {
    switch self {
    case .short(let numbers): numbers.count
    case .narrow(let numbers): numbers.count
    case .wide(let numbers): numbers.count
    }
  }

  /// Nil where it is not given.
  @inline(__always)
  subscript(row: Int) -> Int64? {
    switch self {
    case .short(let numbers): numbers.raw[row] == .min ? nil : Int64(numbers.raw[row])
    case .narrow(let numbers): numbers.raw[row] == .min ? nil : Int64(numbers.raw[row])
    case .wide(let numbers): numbers.raw[row] == .min ? nil : numbers.raw[row]
    }
  }
}
