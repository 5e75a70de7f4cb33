import NameIndex
import TestSupport
import Testing

@Suite("Folding of names")
struct FoldingTests {
  @Test(
    arguments: [
      ("L'ÉCOLE DE L’ŒUVRE", ["l", "ecole", "de", "l", "oeuvre"]),
      ("Saint-Étienne-du-Rouvray", ["saint", "etienne", "du", "rouvray"]),
      ("A.D.M.R. du Nord", ["admr", "du", "nord"]), ("S.A.R.L.DUPONT", ["sarl", "dupont"]),
      ("J.DUPONT & Fils", ["j", "dupont", "fils"]), ("M. A. DUPONT", ["m", "a", "dupont"]),
      ("Straße Æsir ÿ ĳ", ["strasse", "aesir", "y", "ij"]), ("e\u{301}cole", ["ecole"]), ("co\u{ad}op", ["coop"]),
      ("59 000/1er", ["59", "000", "1er"]), ("«\u{202f}Zoé\u{a0}!»", ["zoe"]), ("Ελλάς ДОМ", ["ελλάς", "дом"]),
      ("", []), ("!!! -- …", []), ("\u{1b}[31mrouge\u{9b}", ["31mrouge"]),
    ])
  func `cases`(text: String, words: [String]) {
    #expect(Folding(text).texts == words)
  }

  @Test func `what is folded stays as it is when it is folded again`() {
    var random = SplitMix64(seed: 11)
    let alphabet = Array("aAzZ09 .-'’éÉœŒßçñ\u{301}ïK&/«łdΩД".unicodeScalars)
    for _ in 0..<2_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<random.number(0...40) { text.append(random.pick(alphabet)) }
      let folded = Folding(String(text)).texts
      #expect(Folding(folded.joined(separator: " ")).texts == folded, "\(String(text))")
    }
  }

  @Test func `a word longer than any is cut, between two letters`() {
    let words = Folding(String(repeating: "é", count: 200) + " " + String(repeating: "д", count: 200)).texts
    #expect(words.map(\.utf8.count) == [63, 62])
    #expect(words[1].allSatisfy { $0 == "д" })
  }

  @Test func `initials without end are not one word without end`() {
    let words = Folding(String(repeating: "A.", count: 300) + "A").texts
    #expect(words.allSatisfy { $0.utf8.count <= Folding.longestWord })
    #expect(words.map(\.utf8.count).reduce(0, +) == 301)
  }

  @Test func `capitals and accents make no difference`() {
    for name in ["Crèche Les Tournesols", "Fédération d'Éducation Populaire", "Ça et là"] {
      #expect(Folding(name.uppercased()).texts == Folding(name).texts)
    }
  }
}
