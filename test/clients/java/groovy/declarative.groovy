// Reads a Jenkinsfile and refuses what Jenkins does not know at its place: groovy declarative.groovy Jenkinsfile
// https://www.jenkins.io/doc/book/pipeline/syntax/
STEPS = ['sh', 'catchError', 'archiveArtifacts', 'recordIssues', 'junit', 'sarif']
CONDITIONS = ['branch', 'changeRequest', 'triggeredBy', 'not', 'allOf', 'anyOf']
INSIDE = [
  'Jenkinsfile': ['pipeline'],
  'pipeline': ['agent', 'options', 'triggers', 'environment', 'stages', 'post'],
  'agent': ['label'],
  'options': ['disableConcurrentBuilds', 'timeout'],
  'triggers': ['cron'],
  'environment': ['credentials'],
  'stages': ['stage'],
  'stage': ['agent', 'environment', 'input', 'when', 'steps', 'post'],
  'input': ['message'],
  'when': CONDITIONS, 'not': CONDITIONS, 'allOf': CONDITIONS, 'anyOf': CONDITIONS,
  'steps': STEPS, 'catchError': STEPS, 'always': STEPS,
  'post': ['always'],
]
REQUIRED = ['pipeline': ['agent', 'stages'], 'stage': ['steps']]

class Section {
  def table
  String name
  Set<String> said = []

  def methodMissing(String word, args) {
    if (!(word in table.INSIDE[name])) throw new IllegalArgumentException("'$word' is not known in '$name'")
    said << word
    def body = args.find { it instanceof Closure }
    if (body != null) table.enter(word, body)
    word
  }

  def propertyMissing(String word) { word == 'env' ? [:].withDefault { it } : word }

  void propertyMissing(String word, value) {
    if (name != 'environment') throw new IllegalArgumentException("'$word' cannot be set in '$name'")
  }
}

def enter(String name, Closure body) {
  def section = new Section(table: this, name: name)
  body.delegate = section
  body.resolveStrategy = Closure.DELEGATE_ONLY
  body()
  def missing = REQUIRED.getOrDefault(name, []) - section.said
  if (missing) throw new IllegalArgumentException("'$name' lacks ${missing.join(', ')}")
}

def text = new File(args[0]).text
def script = new GroovyShell(new Binding()).evaluate("{ -> $text\n}")
enter('Jenkinsfile', script)
println 'ok'
