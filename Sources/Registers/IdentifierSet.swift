import Glibc

/// Which numbers have been seen: open addressing over one flat table, eight bytes a slot.
///
/// A `Set<UInt64>` takes four times the memory and the time; forty million SIRET must fit.
package struct IdentifierSet: ~Copyable {
  private var slots: UnsafeMutablePointer<UInt64>  // 0 = free; no identifier is 0
  private var mask: Int
  package private(set) var count = 0

  package init(capacity: Int = 1 << 12) {
    mask = 1
    while mask < capacity { mask <<= 1 }
    slots = .allocate(capacity: mask)
    slots.initialize(repeating: 0, count: mask)
    mask -= 1
  }

  deinit { slots.deallocate() }

  /// True where the number is new.
  package mutating func insert(_ number: UInt64) -> Bool {
    if count &* 4 >= (mask &+ 1) &* 3 { grow() }
    var slot = Self.place(number) & mask
    while slots[slot] != 0 {
      if slots[slot] == number { return false }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = number
    count &+= 1
    return true
  }

  package func contains(_ number: UInt64) -> Bool {
    var slot = Self.place(number) & mask
    while slots[slot] != 0 {
      if slots[slot] == number { return true }
      slot = (slot &+ 1) & mask
    }
    return false
  }

  /// Fibonacci hashing: the high bits of a product spread consecutive numbers.
  private static func place(_ number: UInt64) -> Int {
    Int(truncatingIfNeeded: (number &* 0x9e37_79b9_7f4a_7c15) >> 20)
  }

  private mutating func grow() {
    let (old, oldCount) = (slots, mask + 1)
    mask = oldCount * 2 - 1
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: 0, count: mask + 1)
    for index in 0..<oldCount where old[index] != 0 {
      var slot = Self.place(old[index]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = old[index]
    }
    old.deallocate()
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
