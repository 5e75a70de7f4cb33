/// The form of a word that goes with a number: `{count} {count?ligne|lignes}`.
///
/// French writes the singular below 2 (0 ligne, 1 ligne); Dutch and English for exactly 1. No other language of
/// the observatory needs more than two forms.
enum Plural {
  /// One of the two forms, separated by `|`, for a number written as a fact is: `12`, `#1234`, `1 234`.
  static func form(_ forms: Substring, for fact: String, _ language: Language) -> Substring {
    let both = forms.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    return isSingular(fact, language) ? both[0] : both[both.count - 1]
  }

  private static func isSingular(_ fact: String, _ language: Language) -> Bool {
    // Whatever groups the digits of a number only makes it greater than 1.
    guard let number = Int(fact.hasPrefix("#") ? fact.dropFirst() : fact[...]) else { return false }
    return language == .fr ? number.magnitude < 2 : number == 1
  }
}
