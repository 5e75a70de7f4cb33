/// Numbers in no order: open addressing over one flat table.
struct NumberTable: ~Copyable {
  private var slots: UnsafeMutablePointer<UInt64>  // 0 = free; no identifier is 0
  private var mask: Int
  private(set) var count = 0

  init(capacity: Int) {
    mask = 1
    while mask < capacity { mask <<= 1 }
    slots = .allocate(capacity: mask)
    slots.initialize(repeating: 0, count: mask)
    mask -= 1
  }

  deinit { slots.deallocate() }

  /// True where the number is new.
  mutating func insert(_ number: UInt64) -> Bool {
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

  func contains(_ number: UInt64) -> Bool {
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
