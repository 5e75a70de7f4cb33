import Diagnostics
import Tabular
import Wording

/// What is said before there are sentences to load, or a language to say them in: the only texts outside
/// share/lang, and therefore in every language that may be needed.
enum Unworded {
  /// The program's own folder is missing, or its sentences are damaged.
  static func noSentences(_ error: any Error, environment: [String: String]) -> String {
    guard let problem = error as? Problem else { return "essor: erreur interne / internal error: \(error)".printable }
    let file = (problem.place.file ?? "share").printable
    let isNamed = environment["ESSOR_SHARE"] != nil
    if problem.code == "installation.no_share" {
      return isNamed
        ? """
        essor: ESSOR_SHARE indique « \(file) », qui n'est pas le dossier share/ d'Essor.
          → Corrigez ou retirez cette variable ; sinon, réinstallez Essor avec « make install ».
        essor: ESSOR_SHARE names "\(file)", which is not the folder share/ of Essor.
          → Correct or unset that variable; otherwise, install Essor again with "make install".
        """
        : """
        essor: le dossier share/ du programme est introuvable (cherché au-dessus de \(file)).
          → Réinstallez Essor avec « make install », ou indiquez ce dossier dans ESSOR_SHARE.
        essor: the folder share/ of the program cannot be found (looked for above \(file)).
          → Install Essor again with "make install", or name that folder in ESSOR_SHARE.
        """
    }
    let line = problem.place.line.map(String.init)
    let french = file + (line.map { ", ligne \($0)" } ?? "")
    let english = file + (line.map { ", line \($0)" } ?? "")
    let repairFrench = line == nil ? "Rétablissez" : "Corrigez cette ligne, ou rétablissez"
    let repairEnglish = line == nil ? "Restore" : "Correct that line, or restore"
    return """
      essor: \(french) : les phrases du programme ne peuvent pas être lues (\(problem.code)).
        → \(repairFrench) ce fichier avec « make install ».
      essor: \(english): the sentences of the program cannot be read (\(problem.code)).
        → \(repairEnglish) the file with "make install".
      """
  }

  /// Nobody knows yet in which language to answer.
  static func unknownLanguage(_ value: String, from origin: String) -> String {
    let value = value.printable
    let known = Language.allCases.map(\.rawValue).joined(separator: ", ")
    return """
      essor: \(origin) : « \(value) » n'est pas une langue d'Essor (\(known)).
      essor: \(origin): '\(value)' is geen taal van Essor (\(known)).
      essor: \(origin): "\(value)" is not a language of Essor (\(known)).
      """
  }
}
