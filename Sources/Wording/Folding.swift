extension String {
  /// Made alike whoever typed it, without capitals, accents or punctuation: `L'Haÿ-les-Roses` is `l hay les roses`,
  /// letters and digits with one space between words.
  package var folded: String {
    var text = String.UnicodeScalarView()
    for scalar in lowercased().decomposed {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        text.append(scalar)
      } else if scalar.properties.generalCategory != .nonspacingMark, let last = text.last, last != " " {
        text.append(" ")
      }
    }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The letters without their accents, for the languages of the two countries.
  package var decomposed: [Unicode.Scalar] {
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
