import Registers
import TestSupport
import Testing

@Suite("Sets of identifiers") struct IdentifierSetTests {
  @Test(arguments: [0, 1, 2, 3, 16, 1_000, 1 << 12])
  func `a set of any first capacity says what Set says, also while it grows`(capacity: Int) {
    var random = SplitMix64(seed: UInt64(capacity))
    var fast = IdentifierSet(capacity: capacity)
    var plain: Set<UInt64> = []
    for _ in 0..<30_000 {
      let number = UInt64(random.number(1...20_000))
      #expect(fast.insert(number) == plain.insert(number).inserted)
    }
    #expect(fast.count == plain.count)
  }

  @Test(arguments: 0..<6)
  func `numbers of every shape are kept apart`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var fast = IdentifierSet(capacity: 4)
    var plain: Set<UInt64> = []
    // Consecutive, far apart, alike in their low bits, alike in their high bits.
    let start = random.next() >> 1
    let shapes: [(UInt64) -> UInt64] = [
      { 356_000_000_00000 + $0 }, { start &+ $0 &* 0x9e37_79b9 }, { ($0 + 1) << 40 }, { UInt64.max - $0 },
      { ($0 + 1) << 20 }, { $0 + 1 },
    ]
    for _ in 0..<40_000 {
      let number = random.pick(shapes)(UInt64(random.number(0...3_000)))
      if number == 0 { continue }
      if fast.insert(number) != plain.insert(number).inserted { Issue.record("\(number)") }
    }
    #expect(fast.count == plain.count)
  }

  @Test func `what is in the set is not new, however large it has grown`() {
    var set = IdentifierSet(capacity: 1)
    var news = 0
    for number in 1...UInt64(300_000) where set.insert(number * 97) { news += 1 }
    for number in 1...UInt64(300_000) where set.insert(number * 97) { news += 1 }
    #expect(news == 300_000)
    #expect(set.count == 300_000)
  }

  @Test(arguments: 0..<3)
  func `a table keeps one value for each SIREN`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let table = SirenTable()
    var plain: [UInt32: UInt16] = [:]
    for _ in 0..<20_000 {
      let digits = SirenTests.luhnNumber(9, &random)
      let siren = UInt32(digits.reduce(0) { $0 * 10 + $1 })
      let value = UInt16(random.number(0...65_535))
      table[siren] = value
      plain[siren] = value
    }
    #expect(plain.allSatisfy { table[$0.key] == $0.value })
    // The ninth digit follows from the others; what was never stored is 0.
    #expect(table[732_829_320] == plain[732_829_320] ?? 0)
  }
}
