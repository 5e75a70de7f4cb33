extension SplitMix64 {
  /// A number of a range, all equally likely.
  package mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// True `percent` times out of a hundred.
  package mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  /// One of several; the array may not be empty.
  package mutating func pick<Element>(_ choices: [Element]) -> Element { choices[number(0...choices.count - 1)] }

  /// Bytes drawn from an alphabet.
  package mutating func bytes(_ count: Int, from alphabet: [UInt8]) -> [UInt8] {
    (0..<count).map { _ in pick(alphabet) }
  }
}
