import { LoggerProvider, lightTheme, MeetingProvider } from 'amazon-chime-sdk-component-library-react';
import { LogLevel, NoOpLogger } from 'amazon-chime-sdk-js';
import { balcony } from 'balcony-client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ThemeProvider } from 'styled-components';
import { Viewer } from './viewer.tsx';

const asked = new URLSearchParams(location.search);
const of = (name: string, otherwise: string) => asked.get(name) ?? otherwise;
const issuer = of('issuer', 'http://localhost:3003');

/** In production your own backend grants the token: see examples/node-tokens. */
const token = async () => (await fetch(`${issuer}/token?sub=${of('name', 'linus')}&role=viewer`)).text();
const client = balcony({ url: of('api', 'http://localhost:3000'), token });

/** The Chime client's logs would contain credentials. */
const silent = new NoOpLogger(LogLevel.OFF);

createRoot(document.body.appendChild(document.createElement('div'))).render(
  <StrictMode>
    <ThemeProvider theme={lightTheme}>
      <LoggerProvider logger={silent}>
        <MeetingProvider>
          <Viewer client={client} meeting={of('meeting', 'all-hands')} />
        </MeetingProvider>
      </LoggerProvider>
    </ThemeProvider>
  </StrictMode>,
);
