/** What the first file of a small repository looks like. */
export interface Language {
  readonly name: string;
  /** Files by path. */
  readonly files: (service: string, purpose: string) => Readonly<Record<string, string>>;
}

const camel = (service: string): string => service.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const snake = (service: string): string => service.replaceAll('-', '_');

export const LANGUAGES: readonly Language[] = [
  {
    name: 'TypeScript',
    files: (service, purpose) => ({
      'package.json': `${JSON.stringify({ name: service, version: '1.0.0', private: true, type: 'module' }, null, 2)}\n`,
      'src/index.ts': `/** ${purpose} */\nexport function ${camel(service)}(name: string): string {\n  return \`\${name} is handled by ${service}\`;\n}\n`,
    }),
  },
  {
    name: 'Go',
    files: (service, purpose) => ({
      'go.mod': `module example.com/${service}\n\ngo 1.23\n`,
      'main.go': `// ${purpose}\npackage main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("${service} is ready")\n}\n`,
    }),
  },
  {
    name: 'Python',
    files: (service, purpose) => ({
      'pyproject.toml': `[project]\nname = "${service}"\nversion = "1.0.0"\n`,
      [`${snake(service)}/__init__.py`]: `"""${purpose}"""\n\n\ndef handle(name: str) -> str:\n    return f"{name} is handled by ${service}"\n`,
    }),
  },
  {
    name: 'Rust',
    files: (service, purpose) => ({
      'Cargo.toml': `[package]\nname = "${service}"\nversion = "1.0.0"\nedition = "2021"\n`,
      'src/main.rs': `//! ${purpose}\nfn main() {\n    println!("${service} is ready");\n}\n`,
    }),
  },
];
