/// The numbers of the two registers, with their check digits.
enum Numbers {
  /// The first eight digits of a SIREN, spread over the range in order; that of La Poste, whose
  /// establishments follow a rule of their own, is passed over.
  static func sirenStem(_ rank: Int, of count: Int, jitter: Double) -> Int {
    let (low, high, post) = (500_000, 99_999_999, 35_600_000)
    let span = high - low
    let from = rank * span / count
    let to = (rank + 1) * span / count
    let stem = low + from + Int(Double(to - from) * jitter)
    return stem >= post ? stem + 1 : stem
  }

  /// The nine digits whose last makes the sum of Luhn's formula a multiple of ten.
  static func siren(_ stem: Int) -> Int { stem * 10 + luhnCheck(stem) }

  /// The five digits of the n-th establishment of a unit.
  static func nic(_ sequence: Int, siren: Int) -> Int {
    sequence * 10 + luhnCheck(siren * 10_000 + sequence)
  }

  private static func luhnCheck(_ stem: Int) -> Int {
    var rest = UInt(bitPattern: stem)
    var sum: UInt = 0
    while rest > 0 {
      let twice = rest % 10 * 2
      sum += twice > 9 ? twice - 9 : twice
      rest /= 10
      sum += rest % 10
      rest /= 10
    }
    return Int((10 - sum % 10) % 10)
  }

  /// The ten digits of a Belgian number: eight, and 97 less their remainder by 97.
  static func belgian(_ stem: Int) -> Int { stem * 100 + 97 - stem % 97 }

  /// The first eight digits of an enterprise number: 0200… to 1029….
  static func enterpriseStem(_ rank: Int, of count: Int, jitter: Double) -> Int {
    spread(rank, of: count, from: 2_000_000, to: 10_290_000, jitter)
  }

  /// The first eight digits of an establishment number: 2.000… to 2.390….
  static func establishmentStem(_ rank: Int, of count: Int, jitter: Double) -> Int {
    spread(rank, of: count, from: 20_000_000, to: 23_900_000, jitter)
  }

  private static func spread(
    _ rank: Int, of count: Int, from low: Int, to high: Int, _ jitter: Double
  ) -> Int {
    let from = rank * (high - low) / count
    let to = (rank + 1) * (high - low) / count
    return low + from + Int(Double(to - from) * jitter)
  }
}
