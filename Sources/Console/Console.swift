import Diagnostics
import Filesystem
import Glibc
import Wording

/// The program in a terminal: finds its rules, picks the command, turns whatever stops it into a sentence and a status.
public enum Console {
  public static func main() -> Never {
    listenToInterruptions()
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)  // a limit on file sizes is told like a full disk
    exit(run(Array(CommandLine.arguments.dropFirst()), environment: environment()))
  }

  private static func listenToInterruptions() {
    // A parent may have blocked the signals (some job runners do): Ctrl-C must always be heard.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&signals, number)
      signal(number) { _ in Interruption.request() }
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  static func run(_ line: [String], environment: [String: String]) -> Int32 {
    var line = line
    let asked = takeLanguage(&line, environment)
    guard let language = Language(rawValue: asked.name) else {
      Terminal.say(Unworded.unknownLanguage(asked.name, from: asked.origin))
      return Problem.Status.commandLine.rawValue
    }
    let installation: Installation
    let words: Words
    do {
      installation = try Installation.find(environment: environment)
      words = try Words(share: installation.share, language: language)
    } catch {
      Terminal.say(Unworded.noSentences(error, environment: environment))
      return Problem.Status.machine.rawValue
    }
    do {
      return try Session(installation, words, environment).run(line)
    } catch is Output.ReaderGone {
      return 0
    } catch let problem as Problem {
      Terminal.say("essor: " + words.describe(problem))
      return problem.status.rawValue
    } catch {
      Terminal.say("essor: " + words("internal", ["system": "\(error)"]))
      return Problem.Status.machine.rawValue
    }
  }

  /// `--lang nl` may stand anywhere; otherwise ESSOR_LANG, otherwise French.
  private static func takeLanguage(
    _ line: inout [String], _ environment: [String: String]
  ) -> (name: String, origin: String) {
    if let position = line.firstIndex(of: "--lang"), position + 1 < line.count {
      let name = line[position + 1]
      line.removeSubrange(position...position + 1)
      return (name, "--lang")
    }
    if let position = line.firstIndex(where: { $0.hasPrefix("--lang=") }) {
      let name = String(line[position].dropFirst("--lang=".count))
      line.remove(at: position)
      return (name, "--lang")
    }
    // A variable that is set to nothing is one that is not set.
    if let name = environment["ESSOR_LANG"], !name.isEmpty { return (name, "ESSOR_LANG") }
    return (Language.fr.rawValue, "")
  }

  private static func environment() -> [String: String] {
    var values: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { values[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    return values
  }
}
