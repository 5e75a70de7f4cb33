import Diagnostics
import Directory
import Glibc

// How long a directory takes to answer once it is open, as a server would have it: no process is started, nothing is
// printed. `directory-inside FILE QUESTIONS`; a line of questions is words, territory, family, separated by
// tabs; the answer is a line each: nanoseconds by the clock and of the processor, how many answer, how many only nearly.
func stop(_ text: String, status: Int32) -> Never {
  _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
  exit(status)
}

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
  stop("directory-inside FILE QUESTIONS\n", status: 2)
}

func processorTime() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

func lines(_ path: String) -> [String] {
  guard let file = fopen(path, "r") else { return [] }
  defer { fclose(file) }
  var lines: [String] = []
  var buffer = [CChar](repeating: 0, count: 1 << 16)
  while fgets(&buffer, Int32(buffer.count), file) != nil {
    let bytes = buffer.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
    lines.append(String(decoding: bytes, as: UTF8.self))
  }
  return lines
}

do {
  let directory = try OrganisationDirectory(arguments[1])
  let clock = ContinuousClock()
  let questions = lines(arguments[2]).map { line in
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    var question = DirectoryQuestion(parts[0])
    if parts.count > 1, !parts[1].isEmpty { question.territory = parts[1] }
    if parts.count > 2, !parts[2].isEmpty { question.family = parts[2] }
    return question
  }
  // Once to bring the pages in, once to measure.
  for turn in 0..<2 {
    for question in questions {
      var answer: DirectoryAnswer?
      let before = processorTime()
      let taken = try clock.measure {
        answer = try directory.answer(question, limit: 20)
        for position in answer?.organisations ?? [] { _ = try directory.organisation(position) }
      }
      let (seconds, attoseconds) = taken.components
      guard turn == 1, let answer else { continue }
      print(
        seconds * 1_000_000_000 + attoseconds / 1_000_000_000, processorTime() - before, answer.total,
        answer.approximate)
    }
  }
} catch {
  stop("\(error)\n", status: 1)
}
