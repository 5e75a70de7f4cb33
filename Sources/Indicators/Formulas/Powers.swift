internal import Glibc

/// The C library's power under a name of its own: `pow` is what files call no function.
enum Powers {
  static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
}
