import Glibc

/// Which numbers have been seen.
///
/// Registers are published in the order of their numbers: what is greater than all before it is new, and is put at
/// the end of a list, next to the one before. Numbers out of order go into a table, eight bytes a slot. A
/// `Set<UInt64>` takes four times the memory and the time; forty million SIRET must fit.
package struct IdentifierSet: ~Copyable {
  private var ordered: [UInt64] = []
  private var others: NumberTable

  package init(capacity: Int = 1 << 12) { others = NumberTable(capacity: capacity) }

  package var count: Int { ordered.count + others.count }

  /// True where the number is new.
  @inline(__always)
  package mutating func insert(_ number: UInt64) -> Bool {
    guard let last = ordered.last, number <= last else {
      ordered.append(number)
      return true
    }
    return isInOrdered(number) ? false : others.insert(number)
  }

  package func contains(_ number: UInt64) -> Bool { isInOrdered(number) || others.contains(number) }

  private func isInOrdered(_ number: UInt64) -> Bool {
    var (low, high) = (0, ordered.count)
    while low < high {
      let middle = (low + high) / 2
      if ordered[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < ordered.count && ordered[low] == number
  }
}

/// One small value for every possible SIREN (the ninth digit is computed from the others, so 10⁸ places).
///
/// The system gives memory only to the pages that are written: a sample costs little, all of SIRENE 200 MB.
package final class SirenTable: @unchecked Sendable {  // written by one thread, then only read
  private let values: UnsafeMutablePointer<UInt16>
  private static let places = 100_000_000

  package init() {
    guard let memory = calloc(Self.places, MemoryLayout<UInt16>.stride) else {
      fatalError("no room for a table of 200 MB")
    }
    values = memory.assumingMemoryBound(to: UInt16.self)
  }

  deinit { free(values) }

  /// 0 where nothing was stored.
  package subscript(siren: UInt32) -> UInt16 {
    get { values[Int(siren / 10) % Self.places] }
    set { values[Int(siren / 10) % Self.places] = newValue }
  }
}
