import Diagnostics
import Tabular

/// Lists of words by kind, each drawn with its weight.
final class Vocabulary {
  struct List: BitwiseCopyable {
    let words: UnsafePointer<Word>
    let chooser: Chooser

    func pick(_ draws: inout Draws) -> Word { words[chooser.pick(&draws)] }
  }

  private let arena: Arena
  private let lists: [String: List]
  private let path: String

  init(_ path: String, arena: Arena) throws {
    self.arena = arena
    self.path = path
    let table = try DeclaredTable(
      path, columns: ["kind", "word", "weight"], properties: ["id", "source"])
    var words: [String: (words: [Word], weights: [Double])] = [:]
    for entry in table.entries {
      let bytes = entry["word"].utf8
      // Names are written without looking at each byte again: what needs doubling is kept out here.
      guard !bytes.contains(UInt8(ascii: "\"")), !bytes.contains(UInt8(ascii: "\n")),
        bytes.count < 100
      else { throw table.problem("simulate.bad_word", entry, ["word": entry["word"]]) }
      words[entry["kind"], default: ([], [])].words.append(arena.word(entry["word"]))
      words[entry["kind"], default: ([], [])].weights.append(
        try entry.number("weight", in: table))
    }
    lists = words.mapValues {
      List(words: arena.keep($0.words), chooser: Chooser($0.weights, in: arena))
    }
  }

  func list(_ kind: String) throws(Problem) -> List {
    guard let list = lists[kind] else {
      throw Problem("simulate.no_words", at: Place(file: path), ["kind": kind])
    }
    return list
  }
}
