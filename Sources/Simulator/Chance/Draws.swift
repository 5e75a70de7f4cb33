/// Random numbers that depend on nothing but a seed, a purpose and a counter.
///
/// Each thing simulated has its own sequence, made from its rank: two passes over the same units,
/// in whatever order, see the same units. The sequence is SplitMix64 (Steele, Lea and Flood, 2014).
struct Draws {
  private var state: UInt64

  init(_ seed: UInt64, _ purpose: Purpose, _ rank: Int) {
    let start = seed &+ purpose.rawValue &* 0xd1b5_4a32_d192_ed03
    state = Self.mix(Self.mix(start) ^ UInt64(truncatingIfNeeded: rank) &* 0x9e37_79b9_7f4a_7c15)
  }

  /// The sequence of a part of something: the k-th establishment of a unit.
  init(key: UInt64, _ rank: Int) {
    state = Self.mix(key ^ UInt64(truncatingIfNeeded: rank &+ 1) &* 0x9e37_79b9_7f4a_7c15)
  }

  /// What draws may not share: one sequence per purpose.
  enum Purpose: UInt64 {
    case unit = 1, enterprise, ceased, area, association
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func next() -> UInt64 {
    state = state &+ 0x9e37_79b9_7f4a_7c15
    return Self.mix(state)
  }

  /// 0 ..< limit.
  mutating func below(_ limit: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(limit)).high)
  }

  /// 0 ..< 1.
  mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func happens(_ rate: Rate) -> Bool { next() < rate.limit }

  /// Around 0, of spread near 1, never beyond 3.5: the sum of four uniform draws.
  mutating func spread() -> Double {
    let bits = next()
    let sum = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48)
    return (Double(sum) / 65536 - 2) * 1.732
  }

  /// 0, 1, 2 … with the given chance of one more each time.
  mutating func repetitions(_ more: Rate, atMost limit: Int) -> Int {
    var count = 0
    while count < limit, happens(more) { count += 1 }
    return count
  }

  /// A whole number near a value: the fraction is the chance of the larger one.
  mutating func rounded(_ value: Double) -> Int { Int(value + share()) }
}

/// The chance of something, ready to be compared with a draw.
struct Rate: BitwiseCopyable {
  let limit: UInt64

  init(_ share: Double) {
    limit = share <= 0 ? 0 : share >= 1 ? .max : UInt64(share * 0x1p64)
  }

  /// The chance of one more whose mean number of repetitions is `mean`.
  init(meanRepetitions mean: Double) { self.init(mean / (1 + mean)) }
}
