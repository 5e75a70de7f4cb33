/// Something that stopped the work, as data: what, where, and the facts a reader needs.
///
/// No sentence is written where a problem is thrown. `code` is a key of `share/lang/messages.csv`,
/// where the sentence and its remedy stand in three languages; `Wording` puts the two together.
package struct Problem: Error, Sendable, Equatable {
  /// The exit status of a program that stops on this problem.
  package enum Status: Int32, Sendable {
    case data = 1
    case commandLine = 2
    case machine = 3
    /// 128 + SIGINT, what a shell expects after Ctrl-C.
    case interrupted = 130
  }

  package var code: String
  package var status: Status
  package var place: Place
  package var facts: [String: String]
  /// What it is made of, where it is several things at once: each is told with it.
  package var parts: [Problem]

  package init(
    _ code: String, status: Status = .data, at place: Place = Place(), _ facts: [String: String] = [:],
    parts: [Problem] = []
  ) {
    self.code = code
    self.status = status
    self.place = place
    self.facts = facts
    self.parts = parts
  }

  /// The same problem, with the file and entry filled in where they were not known below.
  package func located(in place: Place) -> Problem {
    var copy = self
    copy.place = Place(
      file: self.place.file ?? place.file, entry: self.place.entry ?? place.entry,
      line: self.place.line ?? place.line)
    return copy
  }
}

/// A place in the user's material: a file, an entry of an archive, a line.
package struct Place: Sendable, Equatable {
  package var file: String?
  package var entry: String?
  package var line: Int?

  package init(file: String? = nil, entry: String? = nil, line: Int? = nil) {
    self.file = file
    self.entry = entry
    self.line = line
  }

  /// `stock.zip › unites.csv, 12` without the word for *line*, which depends on the language.
  package var path: String? {
    guard let file else { return entry }
    guard let entry, entry != file, !file.hasSuffix("/\(entry)") else { return file }
    return "\(file) › \(entry)"
  }
}
