package import NameIndex
import Tabular

/// The words of names that stand for another or weigh nothing: `share/directory/name-words.csv`.
package enum NameWords {
  package static func load(share: String) throws -> WordForms {
    let table = try DeclaredTable(
      "\(share)/directory/name-words.csv", columns: ["word", "meaning", "light"], properties: ["id", "source"])
    var seen: Set<String> = []
    let forms = try table.entries.map { entry in
      for column in ["word", "meaning"] {
        guard Folding(entry[column]).texts == [entry[column]] else {
          throw table.problem("share.not_folded", entry, ["column": column, "value": entry[column]])
        }
      }
      guard seen.insert(entry["word"]).inserted else {
        throw table.problem("share.duplicate", entry, ["code": entry["word"]])
      }
      return WordForms.Form(word: entry["word"], meaning: entry["meaning"], isLight: entry["light"] == "1")
    }
    // One step leads to the meaning: no chain, no circle.
    let moved = Set(forms.filter { $0.word != $0.meaning }.map(\.word))
    for (form, entry) in zip(forms, table.entries) where moved.contains(form.meaning) {
      throw table.problem("share.duplicate", entry, ["code": form.meaning])
    }
    return WordForms(forms)
  }
}
