/// Names of places as people type them, made alike: no accents, no capitals, no hyphens, `st` for `saint`.
enum PlaceNames {
  /// `L'Haÿ-les-Roses` is `l hay les roses`: letters and digits, one space between words.
  static func folded(_ name: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in name.lowercased().decomposed {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        text.append(scalar)
      } else if scalar.properties.generalCategory != .nonspacingMark, let last = text.last, last != " " {
        text.append(" ")
      }
    }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

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

extension String {
  /// The letters without their accents, for the languages of the two countries.
  var decomposed: [Unicode.Scalar] {
    unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
      switch scalar {
      case "à", "â", "ä", "á", "ã", "å": ["a"]
      case "é", "è", "ê", "ë": ["e"]
      case "î", "ï", "í", "ì": ["i"]
      case "ô", "ö", "ó", "ò", "õ": ["o"]
      case "ù", "û", "ü", "ú": ["u"]
      case "ÿ", "ý": ["y"]
      case "ç": ["c"]
      case "ñ": ["n"]
      case "œ": ["o", "e"]
      case "æ": ["a", "e"]
      default: [scalar]
      }
    }
  }
}
