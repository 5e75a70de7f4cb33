internal import Diagnostics
internal import Filesystem

/// A measure of all employers, in as few bytes as its largest number needs: most are parts of the jobs of one
/// establishment, which two bytes hold. The least number there is says that it is not given.
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

  /// The numbers themselves, for loops over many rows; they are there as long as the facts are.
  var numbers: Numbers {
    switch self {
    case .short(let numbers): .short(numbers.raw)
    case .narrow(let numbers): .narrow(numbers.raw)
    case .wide(let numbers): .wide(numbers.raw)
    }
  }

  subscript(row: Int) -> Int64? { numbers[row] }

  enum Numbers {
    case short(UnsafeBufferPointer<Int16>)
    case narrow(UnsafeBufferPointer<Int32>)
    case wide(UnsafeBufferPointer<Int64>)

    /// Nil where it is not given.
    @inline(__always)
    subscript(row: Int) -> Int64? {
      switch self {
      case .short(let numbers): numbers[row] == .min ? nil : Int64(numbers[row])
      case .narrow(let numbers): numbers[row] == .min ? nil : Int64(numbers[row])
      case .wide(let numbers): numbers[row] == .min ? nil : numbers[row]
      }
    }
  }
}
