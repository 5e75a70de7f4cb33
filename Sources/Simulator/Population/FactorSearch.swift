/// Looks for the factor that gives a number of employers: more of it never gives fewer, but an employer that has many
/// branches comes or goes at once, and no factor gives what lies between.
struct FactorSearch {
  /// What a factor gave.
  struct Trial {
    let factor: Double
    let employers: Double
    /// With jobs of this size.
    let size: Double
    let jobs: Double
  }

  /// The nearest so far.
  private(set) var best: Trial?
  private var below: Trial?
  private var above: Trial?

  mutating func learn(_ trial: Trial, wanted: Double) {
    func gap(_ trial: Trial) -> Double { (trial.employers - wanted).magnitude }
    if best.map({ gap(trial) < gap($0) }) ?? true { best = trial }
    if trial.employers < wanted {
      if trial.factor >= below?.factor ?? 0 { below = trial }
    } else if trial.factor <= above?.factor ?? .infinity {
      above = trial
    }
  }

  /// The next to try: between two, as near to each as it is wanted to be, but never beside one of them.
  func next(wanted: Double, most: Double) -> Double {
    if let below, let above {
      let part = (wanted - below.employers) / max(1, above.employers - below.employers)
      return below.factor + (above.factor - below.factor) * min(0.9, max(0.1, part))
    }
    guard let one = below ?? above else { return 1 }
    return min(most, one.factor * wanted / max(0.5, one.employers))
  }
}
