/** Pages from templates: everything put into one is escaped, unless the template says that it is markup of ours. */
import nunjucks from 'nunjucks';

export type RenderPage = (template: string, context: object) => string;

export function createRenderPage(): RenderPage {
  const folders = [
    new URL('./templates/', import.meta.url),
    new URL('./', import.meta.resolve('govuk-frontend/dist/govuk/template.njk')),
  ];
  const loader = new nunjucks.FileSystemLoader(folders.map(({ pathname }) => decodeURIComponent(pathname)));
  const environment = new nunjucks.Environment(loader, {
    autoescape: true,
    throwOnUndefined: false,
    trimBlocks: true,
    lstripBlocks: true,
  });
  return (template, context) => environment.render(template, context);
}
