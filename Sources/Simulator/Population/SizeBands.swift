/// The size bands of the French register (*tranches d'effectifs*), in order, after NN.
enum SizeBands {
  /// Position 0 is NN: no staff. Position 1 is 00: none on 31 December, some in the year.
  static let codes = [
    "NN", "00", "01", "02", "03", "11", "12", "21", "22", "31", "32", "41", "42", "51", "52", "53",
  ]
  /// The last has no end in the register; no establishment simulated passes 20 000.
  static let lowest = [0, 0, 1, 3, 6, 10, 20, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000]
  static let highest = [0, 0, 2, 5, 9, 19, 49, 99, 199, 249, 499, 999, 1999, 4999, 9999, 19_999]
  static let none = 0
  static let leftDuringYear = 1
  static let first = 2

  /// The band that holds a headcount; of a whole unit, the last has no end.
  static func band(of jobs: Int) -> Int {
    if jobs <= 0 { return leftDuringYear }
    var band = codes.count - 1
    while band > first, lowest[band] > jobs { band -= 1 }
    return band
  }
}
