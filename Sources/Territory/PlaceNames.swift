/// Names of places as people type them, made alike: no accents, no capitals, no hyphens, `st` for `saint`.
enum PlaceNames {
  /// The short forms of a folded name written out; Dutch `sint` counts as `saint`, since `st` may mean both.
  static func saints(_ folded: String) -> String {
    folded.split(separator: " ").map { word -> Substring in
      switch word {
      case "st", "sint": "saint"
      case "ste": "sainte"
      case "sts": "saints"
      case "stes": "saintes"
      default: word
      }
    }.joined(separator: " ")
  }
}
